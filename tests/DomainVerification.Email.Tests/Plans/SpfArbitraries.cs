using DomainVerification.Email.Plans.Spf.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>Random SPF records, of few names so that records have terms in common.</summary>
internal static class SpfArbitraries
{
    private static readonly Gen<string> Domains =
        Gen.Elements("a.example", "b.example", "_spf.c.example", "B.Example", "%{d}", "%{i}._x.%{d2}");

    private static readonly Gen<string> Mechanisms = Gen.OneOf(
        Domains.Select(domain => $"include:{domain}"),
        Domains.Select(domain => $"exists:{domain}"),
        Gen.Elements("a", "mx", "ptr", "a/24", "mx//64", "a:a.example/28", "mx:b.example/20//48", "ptr:c.example"),
        Gen.Elements("ip4:192.0.2.0/24", "ip4:192.0.2.7", "ip4:192.0.0.0/16", "ip4:198.51.100.1", "ip4:0.0.0.0/0"),
        Gen.Elements("ip6:2001:db8::/32", "ip6:2001:db8::1", "ip6:::/0"));

    private static readonly Gen<string> Directives =
        from qualifier in Gen.Elements("", "", "", "-", "~", "?")
        from mechanism in Mechanisms
        select qualifier + mechanism;

    private static readonly Gen<string> Ends = Gen.OneOf(
        Gen.Elements("", " -all", " ~all", " ?all", " all"),
        Domains.Select(domain => $" redirect={domain}"),
        Domains.Select(domain => $" exp={domain} -all x=%{{s}}"),
        Directives.Select(directive => $" ~all {directive}"));

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 6)
        from directives in Directives.ArrayOf(count)
        from end in Ends
        select string.Join(' ', directives.Prepend("v=spf1")) + end;

    public static Arbitrary<string> Text => Texts.ToArbitrary();

    public static Arbitrary<SpfRecord> Records => Texts.Select(Parse).ToArbitrary();

    public static SpfRecord Parse(string text) =>
        SpfParser.TryParse(text, out var record, out var error) ? record : throw new FormatException($"{text}: {error}");
}
