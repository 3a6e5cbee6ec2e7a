using System.Globalization;

namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>A Markdown table, written line by line as it is measured.</summary>
internal sealed class Table
{
    public Table(string title, params IReadOnlyList<string> columns)
    {
        Console.WriteLine();
        Console.WriteLine($"## {title}");
        Console.WriteLine();
        Write(columns);
        Write(columns.Select(_ => "---"));
    }

    public void Add(params IReadOnlyList<string> cells) => Write(cells);

    public static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Write(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
