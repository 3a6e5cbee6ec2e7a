using System.Globalization;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Benchmarks.Suffixes;

/// <summary>Names made from the rules of a list themselves, the same on every run: on each rule, below it, beside it and far from it.</summary>
internal static class MixedNames
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    public static IEnumerable<string> Of(IReadOnlyList<PublicSuffixRule> rules, int count)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; made.Count < count; index++)
        {
            var name = Make(rules[index % rules.Count].Text, (index + (index / rules.Count)) % 14, index);
            if (made.Add(name))
            {
                yield return name;
            }
        }
    }

    private static string Make(string rule, int shape, int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        var name = rule.TrimStart('!').Replace("*", $"w{number}", StringComparison.Ordinal);
        return shape switch
        {
            0 => name,
            1 => $"a{number}.{name}",
            2 => $"www.a{number}.{name}",
            3 => $"x{number}{name}",
            4 => $"one.two.three.x{number}{name}",
            5 => Parent(name),
            6 => $"b{number}.{Parent(name)}",
            7 => $"a.b{number}.unlisted{number}",
            8 => $"unlisted{number}",
            9 => $"www{number}.{Unicode(name)}",
            10 => $"bücher.c{number}.{Unicode(name)}",
            11 => $"xn--bcher-kva.d{number}.{name}",
            12 => $"WWW.A{number}.{name.ToUpperInvariant()}",
            _ => $"a{number}.{name}.",
        };
    }

    private static string Parent(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>The name in the letters that people read.</summary>
    public static string Unicode(string name) => Idn.GetUnicode(name);
}
