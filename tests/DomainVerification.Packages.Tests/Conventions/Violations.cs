namespace DomainVerification.Packages.Tests.Conventions;

/// <summary>A convention holds when nothing breaks it; what does is named in full.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string?> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
