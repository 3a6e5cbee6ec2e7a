using System.Globalization;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>
/// The published algorithm, written down as it reads: look at all rules that match, take the exception or else the longest. Slow and
/// independent of the product's reader and tree.
/// </summary>
internal sealed class ReferenceRules
{
    private readonly ILookup<string, Rule> _byLastLabel;

    public ReferenceRules(string text)
    {
        var rules = Read(text).Distinct().ToList();
        All = rules;
        _byLastLabel = WithImpliedParents(rules).ToLookup(rule => rule.Labels[^1]);
    }

    /// <summary>The rules of the text, canonical.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>The division, the public suffix, and the registrable domain or null.</summary>
    public (PublicSuffixDivision Division, string Suffix, string? Registrable) Find(string name, PublicSuffixScope scope)
    {
        var labels = name.Split('.');
        var matching = _byLastLabel[labels[^1]].Concat(_byLastLabel["*"])
            .Where(rule => scope == PublicSuffixScope.IcannAndPrivate || rule.Division == PublicSuffixDivision.Icann)
            .Where(rule => Matches(rule, name, labels))
            .ToList();
        var prevailing = matching.Where(rule => rule.IsException).MaxBy(rule => rule.Length)
            ?? matching.MaxBy(rule => rule.Length);

        var suffixLength = prevailing switch
        {
            null => 1,
            { IsException: true } => prevailing.Length - 1,
            _ => prevailing.Length,
        };
        return (
            prevailing?.Division ?? PublicSuffixDivision.Unlisted,
            string.Join('.', labels[^suffixLength..]),
            labels.Length > suffixLength ? string.Join('.', labels[^(suffixLength + 1)..]) : null);
    }

    // *.foo implies foo, unless the list has foo itself; the longest wildcards go first, for *.*.foo implies *.foo.
    private static List<Rule> WithImpliedParents(List<Rule> rules)
    {
        var all = rules.ToList();
        for (var length = rules.Select(rule => rule.Length).DefaultIfEmpty().Max(); length > 1; length--)
        {
            var parents = all.Where(rule => !rule.IsException && rule.Length == length && rule.Labels[0] == "*")
                .Select(rule => new Rule(rule.Name[2..], rule.Division, IsException: false))
                .Where(parent => !all.Exists(rule => rule.Name == parent.Name && !rule.IsException))
                .ToList();
            all.AddRange(parents);
        }

        return all;
    }

    private static bool Matches(Rule rule, string name, string[] labels)
    {
        if (!rule.HasWildcard)
        {
            return name == rule.Name || (name.EndsWith(rule.Name, StringComparison.Ordinal) && name[^(rule.Name.Length + 1)] == '.');
        }

        return rule.Length <= labels.Length
            && rule.Labels.Zip(labels[^rule.Length..]).All(pair => pair.First == "*" || pair.First == pair.Second);
    }

    private static IEnumerable<Rule> Read(string text)
    {
        var idn = new IdnMapping();
        var division = PublicSuffixDivision.Unlisted;
        foreach (var line in text.Split('\n'))
        {
            if (line.Contains("===BEGIN ICANN", StringComparison.Ordinal))
            {
                division = PublicSuffixDivision.Icann;
            }

            if (line.Contains("===BEGIN PRIVATE", StringComparison.Ordinal))
            {
                division = PublicSuffixDivision.Private;
            }

            if (line.StartsWith("//", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var rule = line.Split(' ', '\t', '\r')[0];
            var name = string.Join('.', rule.TrimStart('!').Split('.').Select(label => idn.GetAscii(label).ToLowerInvariant()));
            yield return new Rule(name, division, rule[0] == '!');
        }
    }

    internal sealed record Rule(string Name, PublicSuffixDivision Division, bool IsException)
    {
        public bool HasWildcard { get; } = Name.Contains('*', StringComparison.Ordinal);

        public string[] Labels => Name.Split('.');

        public int Length => Name.AsSpan().Count('.') + 1;

        public string Text => IsException ? "!" + Name : Name;
    }
}
