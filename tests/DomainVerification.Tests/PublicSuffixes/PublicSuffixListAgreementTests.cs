using DomainVerification.PublicSuffixes;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>The list read at run time against the published algorithm, written out rule by rule.</summary>
public sealed class PublicSuffixListAgreementTests
{
    private const string Dat = "public_suffix_list.dat";
    private const int HostCount = 100_000;

    private static readonly string[] Labels = ["www", "a", "acme", "xn--bcher-kva", "com", "co", "city", "kobe", "compute", "x-1"];

    [SharedDataFact(Dat)]
    public void EnumerateRules_OfListReadAtRunTime_AreTheRulesOfItsText()
    {
        var text = SharedData.Read(Dat);
        var expected = new ReferenceRules(text).All.Select(rule => new PublicSuffixRule(rule.Text, rule.Division));
        var list = PublicSuffixLists.Parse(text);

        Assert.Equal(expected.ToHashSet(), list.EnumerateRules().ToHashSet());
        Assert.Equal(expected.Count(), list.RuleCount);
    }

    [SharedDataFact(Dat)]
    public void Find_HostsMadeFromEveryRule_AgreesWithReference()
    {
        var text = SharedData.Read(Dat);
        var reference = new ReferenceRules(text);
        var list = PublicSuffixLists.Parse(text);

        // Linear strides instead of a random generator: the same hosts on every run, and each rule several times.
        for (var index = 0; index < HostCount; index++)
        {
            var rule = reference.All[index % reference.All.Count];
            var round = index / reference.All.Count;
            AssertAgreement(reference, list, HostFrom(rule, round, index));
        }
    }

    [Fact]
    public void Find_GeneratedRulesAndHosts_AgreesWithReference()
    {
        // Few labels, so that rules, wildcards and exceptions meet and overlap.
        var label = Gen.Elements("a", "b", "c");
        var name = label.NonEmptyListOf().Select(labels => string.Join('.', labels.Take(5)));
        var pattern = Gen.Frequency((4, label), (1, Gen.Constant("*"))).NonEmptyListOf().Select(labels => string.Join('.', labels.Take(4)));
        var exception = name.Where(text => text.Contains('.', StringComparison.Ordinal)).Select(text => "!" + text);
        var rules = Gen.Frequency((5, pattern), (1, exception)).ListOf().Select(lines => string.Join('\n', lines));
        var cases =
            from icann in rules
            from @private in rules
            from names in name.ListOf()
            select (Icann: icann, Private: @private, Names: names);

        Prop.ForAll(cases.ToArbitrary(), example =>
        {
            var text = PublicSuffixLists.Text(example.Icann, example.Private);
            var reference = new ReferenceRules(text);
            var list = PublicSuffixLists.Parse(text);
            foreach (var host in example.Names)
            {
                // Made-up rules of equal length can match one name from both sections; which division that gives is anyone's guess.
                AssertAgreement(reference, list, host, onlySuffix: true);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [SharedDataFact(Dat)]
    public void BuiltIn_AgainstListReadAtRunTime_SharesMostRules()
    {
        var builtIn = PublicSuffixList.BuiltIn.EnumerateRules().ToHashSet();
        var read = PublicSuffixLists.Parse(SharedData.Read(Dat)).EnumerateRules().ToHashSet();

        // Two issues of one list that lie months apart; a broken extraction would lose far more.
        Assert.InRange(read.Except(builtIn).Count(), 0, read.Count / 20);
        Assert.InRange(builtIn.Except(read).Count(), 0, read.Count / 20);
    }

    private static string HostFrom(ReferenceRules.Rule rule, int round, int index)
    {
        var labels = rule.Labels.Select((label, position) => label == "*" ? Labels[(index + position) % Labels.Length] : label);
        var name = string.Join('.', labels);
        return round switch
        {
            0 => name,
            1 => "acme." + name,
            2 => "www.acme." + name,
            3 => name.Contains('.', StringComparison.Ordinal) ? name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] : name,
            4 => Labels[index % Labels.Length] + "x" + name,
            5 => $"{Labels[index % Labels.Length]}.x{index}.{name}",
            6 => $"{name}.{Labels[index % Labels.Length]}",
            _ => $"{Labels[index % Labels.Length]}.{Labels[index / Labels.Length % Labels.Length]}.{name}",
        };
    }

    private static void AssertAgreement(ReferenceRules reference, PublicSuffixList list, string host, bool onlySuffix = false)
    {
        foreach (var scope in Enum.GetValues<PublicSuffixScope>())
        {
            var match = list.Find(host, scope);
            var expected = reference.Find(host, scope);
            var division = onlySuffix ? expected.Division : match.Division;
            var registrable = match.RegistrableStart < 0 ? null : host[match.RegistrableStart..];
            if (expected != (division, host[match.SuffixStart..], registrable))
            {
                Assert.Fail($"{host} ({scope}): expected {expected}, but got {match}.");
            }
        }
    }
}
