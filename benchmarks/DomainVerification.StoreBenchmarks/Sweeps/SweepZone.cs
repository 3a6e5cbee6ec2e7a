using System.Globalization;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>The names that are swept: a record at each of them, or nothing but their zone.</summary>
internal static class SweepZone
{
    public static async Task WriteAsync(string file, SweepTemplate template, int claims)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(
            $"$ORIGIN {Nsd.Apex}.\n$TTL 300\n@ IN SOA ns hostmaster 1 3600 600 86400 60\n@ IN NS ns\nns IN A 127.0.0.1");
        var name = template.Claim.Challenge.Record.Name;
        for (var i = 1; template.IsPublished && i <= claims; i++)
        {
            var numbered = name.Replace(SweepTemplate.Domain, DomainOf(i), StringComparison.Ordinal);
            await writer.WriteLineAsync($"{numbered}. IN TXT \"{template.Value}\"");
        }
    }

    private static string DomainOf(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number}.{Nsd.Apex}");
}
