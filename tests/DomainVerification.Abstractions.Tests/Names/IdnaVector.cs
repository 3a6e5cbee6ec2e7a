namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>One line of the UTS #46 conformance file: what non-transitional ToASCII makes of a source, and the rules it breaks.</summary>
internal sealed record IdnaVector(string Source, string ToAscii, IReadOnlyList<string> Faults)
{
    internal const string FileName = "IdnaTestV2-15.0.0.txt";

    internal static IEnumerable<IdnaVector> ReadAll() =>
        from line in File.ReadLines(SharedData.Find(FileName)!)
        let content = line.Split('#')[0]
        where content.Contains(';', StringComparison.Ordinal)
        select Parse([.. content.Split(';').Select(column => Escapes.Undo(column.Trim()))]);

    /// <summary>A blank column repeats the one before it: source, Unicode form, ASCII form; and the faults of the Unicode form.</summary>
    private static IdnaVector Parse(string[] columns)
    {
        var unicode = columns[1].Length > 0 ? columns[1] : columns[0];
        var faults = columns[4].Length > 0 ? columns[4] : columns[2];
        return new IdnaVector(
            columns[0],
            columns[3].Length > 0 ? columns[3] : unicode,
            faults.Trim('[', ']').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
    }
}
