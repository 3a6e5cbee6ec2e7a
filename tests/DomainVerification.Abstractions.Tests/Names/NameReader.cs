namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>This assembly as a program: reads each argument as a name, in whatever mode the process runs.</summary>
internal static class NameReader
{
    internal static void Main(string[] texts)
    {
        Console.WriteLine($"normalizes: {"e\u0301".Normalize() == "\u00E9"}");
        foreach (var text in texts)
        {
            var accepted = DomainName.TryParse(text, out var name, out var error);
            Console.WriteLine(accepted ? name!.Value : error!.Code);
        }
    }
}
