using DomainVerification.PublicSuffixes;

namespace DomainVerification.Tests.PublicSuffixes;

public sealed class PublicSuffixListTests
{
    [Theory]
    [InlineData("com", "com", null, PublicSuffixDivision.Icann)]
    [InlineData("acme.com", "com", "acme.com", PublicSuffixDivision.Icann)]
    [InlineData("a.b.acme.co.uk", "co.uk", "acme.co.uk", PublicSuffixDivision.Icann)]
    [InlineData("github.io", "github.io", null, PublicSuffixDivision.Private)]
    [InlineData("www.alice.github.io", "github.io", "alice.github.io", PublicSuffixDivision.Private)]
    [InlineData("x.compute.amazonaws.com", "x.compute.amazonaws.com", null, PublicSuffixDivision.Private)]
    [InlineData("www.ck", "ck", "www.ck", PublicSuffixDivision.Icann)]
    [InlineData("a.www.ck", "ck", "www.ck", PublicSuffixDivision.Icann)]
    [InlineData("foo.ck", "foo.ck", null, PublicSuffixDivision.Icann)]
    [InlineData("city.kobe.jp", "kobe.jp", "city.kobe.jp", PublicSuffixDivision.Icann)]
    [InlineData("a.acme.no-such-tld", "no-such-tld", "acme.no-such-tld", PublicSuffixDivision.Unlisted)]
    [InlineData("no-such-tld", "no-such-tld", null, PublicSuffixDivision.Unlisted)]
    [InlineData("xn--85x722f.xn--55qx5d.cn", "xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn", PublicSuffixDivision.Icann)]
    public void Find_BuiltInList_GivesSuffixRegistrableDomainAndDivision(
        string name, string suffix, string? registrable, PublicSuffixDivision division)
    {
        var match = PublicSuffixList.BuiltIn.Find(name);

        Assert.Equal(suffix, name[match.SuffixStart..]);
        Assert.Equal(registrable, match.RegistrableStart < 0 ? null : name[match.RegistrableStart..]);
        Assert.Equal(division, match.Division);
    }

    [Fact]
    public void Find_IcannOnly_IgnoresPrivateRules()
    {
        const string name = "www.alice.github.io";
        var match = PublicSuffixList.BuiltIn.Find(name, PublicSuffixScope.IcannOnly);

        Assert.Equal(PublicSuffixDivision.Icann, match.Division);
        Assert.Equal("io", name[match.SuffixStart..]);
        Assert.Equal("github.io", name[match.RegistrableStart..]);
    }

    [Theory]
    [InlineData("x.foo", "x.foo")]
    [InlineData("foo", "foo")]
    [InlineData("bar.x.foo", "x.foo")]
    public void Find_Wildcard_MatchesOneLabelAndImpliesItsParent(string name, string suffix)
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("*.foo"));

        var registrable = suffix == name ? -1 : 0;
        Assert.Equal(new PublicSuffixMatch(PublicSuffixDivision.Icann, name.Length - suffix.Length, registrable), list.Find(name));
        Assert.Equal(1, list.RuleCount);
    }

    [Theory]
    [InlineData("b.x.a", "b.x.a")]
    [InlineData("c.b.x.a", "b.x.a")]
    [InlineData("y.x.a", "a")]
    [InlineData("q.p.d", "q.p.d")]
    [InlineData("p.d", "p.d")]
    [InlineData("z.q.p.d", "q.p.d")]
    public void Find_WildcardInTheMiddleOrTwice_MatchesLabelByLabel(string name, string suffix)
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("a\nb.*.a\n*.*.d"));

        Assert.Equal(suffix, name[list.Find(name).SuffixStart..]);
    }

    [Fact]
    public void Find_ExceptionAgainstLongerRule_ExceptionPrevails()
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("*.foo\n!bar.foo\nlong.bar.foo"));
        const string name = "x.long.bar.foo";

        Assert.Equal("foo", name[list.Find(name).SuffixStart..]);
        Assert.Equal("bar.foo", name[list.Find(name).RegistrableStart..]);
    }

    [Fact]
    public void Find_PrivateExceptionWithIcannScope_IsIgnored()
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("*.foo", "!bar.foo"));

        Assert.Equal(0, list.Find("bar.foo", PublicSuffixScope.IcannOnly).SuffixStart);
        Assert.Equal(new PublicSuffixMatch(PublicSuffixDivision.Private, 4, 0), list.Find("bar.foo"));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(".", 1)]
    [InlineData(".com", 1)]
    [InlineData("a..com", 3)]
    [InlineData("..", 2)]
    public void Find_NameThatIsNotCanonical_HasNoRegistrableDomain(string name, int suffixStart)
    {
        var match = PublicSuffixList.BuiltIn.Find(name);

        Assert.Equal(suffixStart, match.SuffixStart);
        Assert.Equal(-1, match.RegistrableStart);
    }

    [Fact]
    public void Find_NameOf127Labels_Ends()
    {
        var name = string.Concat(Enumerable.Repeat("a.", 125)) + "com";

        Assert.Equal(name.Length - "a.com".Length, PublicSuffixList.BuiltIn.Find(name).RegistrableStart);
    }

    [Fact]
    public void Find_AnyName_AllocatesNothing()
    {
        var list = PublicSuffixList.BuiltIn;
        string[] names = ["a.b.acme.co.uk", "www.ck", "x.y.compute.amazonaws.com", "acme.no-such-tld", "city.kobe.jp"];
        var starts = Sum(list, names);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            starts += Sum(list, names);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, starts);
    }

    [Fact]
    public void GetRegistrableDomain_OfDomainName_IsItsAncestor()
    {
        var list = PublicSuffixList.BuiltIn;

        Assert.Equal(DomainName.Parse("bücher.co.uk"), list.GetRegistrableDomain(DomainName.Parse("www.bücher.co.uk")));
        Assert.Null(list.GetRegistrableDomain(DomainName.Parse("co.uk")));
        Assert.Equal(
            DomainName.Parse("github.io"), list.GetRegistrableDomain(DomainName.Parse("a.github.io"), PublicSuffixScope.IcannOnly));
    }

    [Fact]
    public void GetAge_DatedAndUndatedList_IsTimeSinceItsDayOrNull()
    {
        var clock = new Testing.ManualTimeProvider(new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero));
        var text = PublicSuffixLists.Text("com");

        Assert.Equal(TimeSpan.FromHours(30), PublicSuffixLists.Parse(text, new DateOnly(2026, 3, 1)).GetAge(clock));
        Assert.Null(PublicSuffixLists.Parse(text).GetAge(clock));
    }

    [Fact]
    public void BuiltIn_OfThisPackage_IsPlausibleAndDated()
    {
        var list = PublicSuffixList.BuiltIn;

        Assert.Null(list.Validate());
        Assert.True(list.ListDate >= new DateOnly(2026, 11, 15));
        Assert.True(list.RuleCount > 10_000);
        Assert.Equal(list.RuleCount, list.EnumerateRules().Count());
    }

    private static int Sum(PublicSuffixList list, string[] names)
    {
        var sum = 0;
        foreach (var name in names)
        {
            sum += list.Find(name).SuffixStart + list.Find(name, PublicSuffixScope.IcannOnly).RegistrableStart;
        }

        return sum;
    }
}
