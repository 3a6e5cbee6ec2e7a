using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DomainVerification.PublicSuffixes.Internal;

namespace DomainVerification.PublicSuffixes.Generator;

/// <summary>
/// Reads the flat trie in <c>src/data/trie.ts</c> of the package <c>tldts</c>: node n has the edges <c>edgeStart[n]</c> up to
/// <c>edgeStart[n + 1]</c>; an edge has a label, cut from <c>labelText</c> in order, and leads to a child; flag bit 1 of a node is an ICANN
/// rule, bit 2 a PRIVATE one. Rules and exceptions hang from two roots.
/// </summary>
internal sealed partial class TldtsTrie
{
    private readonly int[] _nodeFlags;
    private readonly int[] _edgeStart;
    private readonly int[] _edgeChild;
    private readonly string[] _edgeLabel;
    private readonly HashSet<(string Rule, PublicSuffixDivision Division)> _rules = [];

    private TldtsTrie(string source)
    {
        _nodeFlags = ReadArray(source, "nodeFlags");
        _edgeStart = ReadArray(source, "edgeStart");
        _edgeChild = ReadArray(source, "edgeChild");
        _edgeLabel = new string[_edgeChild.Length];
        var text = ReadText(source, "labelText");
        var lengths = ReadArray(source, "edgeLength");
        for (int edge = 0, offset = 0; edge < _edgeLabel.Length; offset += lengths[edge], edge++)
        {
            _edgeLabel[edge] = text.Substring(offset, lengths[edge]);
        }
    }

    public static PublicSuffixList Read(string source, DateOnly date)
    {
        var trie = new TldtsTrie(source);
        trie.Collect(ReadNumber(source, "rulesRoot"), "", "");
        trie.Collect(ReadNumber(source, "exceptionsRoot"), "", "!");

        var builder = new PublicSuffixListBuilder(source.Length);
        foreach (var (rule, division) in trie._rules.OrderBy(entry => entry.Rule, StringComparer.Ordinal))
        {
            // The trie states the implied parent of every wildcard; the list itself never does, and our reader implies it anew.
            if (trie._rules.Contains(("*." + rule, division)))
            {
                continue;
            }

            if (builder.TryAdd(rule, division) is { } problem)
            {
                throw new InvalidDataException($"'{rule}': {problem}");
            }
        }

        return builder.Build(date);
    }

    private void Collect(int node, string name, string mark)
    {
        if ((_nodeFlags[node] & 1) != 0)
        {
            _rules.Add((mark + name, PublicSuffixDivision.Icann));
        }

        if ((_nodeFlags[node] & 2) != 0)
        {
            _rules.Add((mark + name, PublicSuffixDivision.Private));
        }

        for (var edge = _edgeStart[node]; edge < _edgeStart[node + 1]; edge++)
        {
            Collect(_edgeChild[edge], name.Length == 0 ? _edgeLabel[edge] : $"{_edgeLabel[edge]}.{name}", mark);
        }
    }

    private static int[] ReadArray(string source, string name) =>
        [.. Find(source, name, ArrayPattern()).Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static int ReadNumber(string source, string name) =>
        int.Parse(Find(source, name, NumberPattern()), CultureInfo.InvariantCulture);

    private static string ReadText(string source, string name)
    {
        using var literal = JsonDocument.Parse(Find(source, name, TextPattern()));
        return literal.RootElement.GetString()!;
    }

    private static string Find(string source, string name, Regex pattern) =>
        pattern.Matches(source).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["value"].Value
            ?? throw new InvalidDataException($"The file has no '{name}'; its format has changed.");

    [GeneratedRegex(@"export const (?<name>\w+) = [^;]*?\(\[(?<value>[\d,]+)\]\);")]
    private static partial Regex ArrayPattern();

    [GeneratedRegex(@"export const (?<name>\w+) = (?<value>\d+);")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"export const (?<name>\w+) = (?<value>""[^""]*"");")]
    private static partial Regex TextPattern();
}
