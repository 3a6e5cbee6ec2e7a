using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>The <c>\uXXXX</c> notation in which tables write characters that would not be seen.</summary>
internal static partial class Escapes
{
    internal static string Undo(string text) => Pattern().Replace(
        text,
        match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})")]
    private static partial Regex Pattern();
}
