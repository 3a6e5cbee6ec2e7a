using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>One line of the conformance file of UTS #46: what non-transitional ToASCII makes of a source, and the rules it breaks.</summary>
internal sealed partial record IdnaVector(string Source, string ToAscii, IReadOnlyList<string> Faults)
{
    internal const string File = "IdnaTestV2-15.0.0.txt";

    internal static IEnumerable<IdnaVector> ReadAll() =>
        from line in System.IO.File.ReadLines(SharedData.Find(File)!)
        let content = line.Split('#')[0]
        where content.Contains(';', StringComparison.Ordinal)
        select Parse([.. content.Split(';').Select(column => Unescape(column.Trim()))]);

    /// <summary>A blank column repeats the one before it: source, Unicode form, ASCII form; and the faults of the Unicode form.</summary>
    private static IdnaVector Parse(string[] columns)
    {
        string unicode = columns[1].Length > 0 ? columns[1] : columns[0];
        string faults = columns[4].Length > 0 ? columns[4] : columns[2];
        return new IdnaVector(
            columns[0],
            columns[3].Length > 0 ? columns[3] : unicode,
            faults.Trim('[', ']').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Unescape(string text) => EscapePattern().Replace(
        text,
        match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})")]
    private static partial Regex EscapePattern();
}
