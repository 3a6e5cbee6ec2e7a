using System.Globalization;
using System.Text.RegularExpressions;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>The tables of <c>docs/refusals.md</c>.</summary>
internal static partial class RefusalTable
{
    private static readonly string[][] Rows =
        [.. Lines("docs/refusals.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Cells)];

    public static IReadOnlyList<string[]> Refusals { get; } = [.. Rows.Where(cells => cells.Length == 3)];

    public static IReadOnlyList<string[]> Diagnoses { get; } = [.. Rows.Where(cells => cells.Length == 5)];

    /// <summary>The text that the backticks of a cell spell, up to its first comma.</summary>
    public static string Literal(string cell) =>
        string.Concat(Part().Matches(cell.Split(", ")[0]).Select(part => Repeat(part.Groups[1].Value, part.Groups[2].Value)));

    public static IEnumerable<string> Lines(string page) => File.ReadLines(Path.Combine(RepositoryFiles.Root, page));

    /// <summary>The cells of a row of a table.</summary>
    public static string[] Cells(string line) => [.. line.Trim()[1..^1].Split(" | ").Select(cell => Unescape(cell.Trim(' ', '|')))];

    private static string Repeat(string text, string times) =>
        times.Length == 0 ? text : string.Concat(Enumerable.Repeat(text, int.Parse(times, CultureInfo.InvariantCulture)));

    private static string Unescape(string text) => Escape().Replace(text, match => Character(match.Groups[1].Value));

    private static string Character(string code) =>
        ((char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();

    [GeneratedRegex("`([^`]*)`(?: × ([0-9]+))?")]
    private static partial Regex Part();

    [GeneratedRegex(@"\\u([0-9A-F]{4})")]
    private static partial Regex Escape();
}
