using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class DnsNameTests
{
    private static readonly string Label63 = new('a', 63);

    [Theory]
    [InlineData("example.com", "example.com", 2)]
    [InlineData("example.com.", "example.com", 2)]
    [InlineData("_acme-challenge.Example.COM", "_acme-challenge.Example.COM", 3)]
    [InlineData(".", ".", 0)]
    [InlineData("com", "com", 1)]
    [InlineData("a\\.b.com", "a\\.b.com", 2)]
    [InlineData("a\\046b.com", "a\\.b.com", 2)]
    [InlineData("a\\\\b.com", "a\\\\b.com", 2)]
    [InlineData("\\000\\255.com", "\\000\\255.com", 2)]
    [InlineData("\\065.com", "A.com", 2)]
    [InlineData("a\\b.com", "ab.com", 2)]
    public void TryParse_Name_KeepsItsLabels(string text, string written, int labels)
    {
        Assert.True(DnsName.TryParse(text, out var name));
        Assert.Equal(written, name.ToString());
        Assert.Equal(labels, name.LabelCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".com")]
    [InlineData("a..b")]
    [InlineData("a b.com")]
    [InlineData("a\tb")]
    [InlineData("bücher.example")]
    [InlineData("a\\")]
    [InlineData("a\\25")]
    [InlineData("a\\256")]
    [InlineData("a\\2x5")]
    [InlineData("a\\ b")]
    public void TryParse_NotAName_AnswersFalse(string? text)
    {
        Assert.False(DnsName.TryParse(text, out var name));
        Assert.Null(name);
    }

    [Fact]
    public void TryParse_LabelOf63Octets_IsTakenAnd64IsNot()
    {
        Assert.True(DnsName.TryParse(Label63, out _));
        Assert.False(DnsName.TryParse(Label63 + "a", out _));
    }

    [Fact]
    public void TryParse_NameOf255Octets_IsTakenAnd256IsNot()
    {
        var three = $"{Label63}.{Label63}.{Label63}.";

        Assert.True(DnsName.TryParse(three + new string('b', 61), out var longest));
        Assert.Equal(255, longest.WireForm.Length);
        Assert.False(DnsName.TryParse(three + new string('b', 62), out _));
    }

    [Fact]
    public void Parse_NotAName_Throws() => Assert.Throws<FormatException>(() => DnsName.Parse("a..b"));

    [Fact]
    public void Equals_OtherCase_IsSameNameButNotExactly()
    {
        DnsName lower = DnsName.Parse("_x.example.com");
        DnsName mixed = DnsName.Parse("_X.Example.cOm");

        Assert.Equal(lower, mixed);
        Assert.True(lower == mixed);
        Assert.Equal(lower.GetHashCode(), mixed.GetHashCode());
        Assert.False(lower.EqualsExactly(mixed));
    }

    [Theory]
    [InlineData("example.com", "example.org")]
    [InlineData("a\\.b.com", "a.b.com")]
    [InlineData("@.com", "`.com")]
    [InlineData("\\193.com", "\\225.com")]
    public void Equals_OtherName_IsNotEqual(string left, string right) => Assert.True(DnsName.Parse(left) != DnsName.Parse(right));

    [Theory]
    [InlineData("a.example.com", "example.com", true)]
    [InlineData("a.EXAMPLE.com", "example.COM", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", ".", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("com", "example.com", false)]
    [InlineData("a\\.example.com", "example.com", false)]
    public void IsSubdomainOf_ComparesWholeLabels(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, DnsName.Parse(name).IsSubdomainOf(DnsName.Parse(ancestor)));

    [Fact]
    public void Parent_WalksUpToRoot()
    {
        DnsName name = DnsName.Parse("a.example.com");

        Assert.Equal("example.com", name.Parent!.ToString());
        Assert.Same(DnsName.Root, DnsName.Parse("com").Parent);
        Assert.Null(DnsName.Root.Parent);
    }

    [Fact]
    public void Prepend_OneLabel_GoesInFront() => Assert.Equal("_x.example.com", DnsName.Parse("example.com").Prepend("_x").ToString());

    [Theory]
    [InlineData("a.b")]
    [InlineData("")]
    [InlineData(".")]
    public void Prepend_NotOneLabel_Throws(string label) =>
        Assert.Throws<ArgumentException>(() => DnsName.Parse("example.com").Prepend(label));

    [Fact]
    public void Prepend_ResultTooLong_Throws()
    {
        DnsName longest = DnsName.Parse($"{Label63}.{Label63}.{Label63}.{new string('b', 61)}");

        Assert.Throws<ArgumentException>(() => longest.Prepend("c"));
    }

    [Fact]
    public void ToString_AnyOctets_ParsesBackToSameName() =>
        Prop.ForAll(DnsArbitraries.Name, name => DnsName.Parse(name.ToString()).EqualsExactly(name)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => !DnsName.TryParse(text, out var name) || name.WireForm.Length <= 255)
            .QuickCheckThrowOnFailure();
}
