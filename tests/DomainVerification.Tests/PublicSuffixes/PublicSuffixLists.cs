using System.Text;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>Lists made for tests.</summary>
internal static class PublicSuffixLists
{
    public static PublicSuffixList Parse(string text, DateOnly? date = null) =>
        PublicSuffixList.TryParse(text, date, out var list, out var error) ? list : throw new InvalidDataException(error.ToString());

    /// <summary>The text of a list with these rules, one a line.</summary>
    public static string Text(string icann, string @private = "", string version = "") => $"""
        {version}
        // ===BEGIN ICANN DOMAINS===
        {icann}
        // ===END ICANN DOMAINS===
        // ===BEGIN PRIVATE DOMAINS===
        {@private}
        // ===END PRIVATE DOMAINS===

        """;

    /// <summary>The text of a list that is large enough to be taken for a whole one.</summary>
    public static string PlausibleText(string version = "", string extra = "")
    {
        var icann = new StringBuilder("com\nuk\nco.uk\nio\n").Append(extra).Append('\n');
        for (var index = 0; index < PublicSuffixList.MinRuleCount; index++)
        {
            icann.Append("rule").Append(index).Append(".com\n");
        }

        return Text(icann.ToString(), "github.io", version);
    }
}
