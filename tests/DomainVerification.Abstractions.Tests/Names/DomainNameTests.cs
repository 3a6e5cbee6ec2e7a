using System.Globalization;

namespace DomainVerification.Abstractions.Tests.Names;

public class DomainNameTests
{
    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData("ACME.Com", "acme.com")]
    [InlineData("acme.com.", "acme.com")]
    [InlineData("a-b.c--d.3com.co.uk", "a-b.c--d.3com.co.uk")]
    [InlineData("Bücher.Example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.EXAMPLE.", "xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example", "xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("ａｃｍｅ．com", "acme.com")]
    [InlineData("例え。テスト。", "xn--r8jz45g.xn--zckzah")]
    [InlineData("a｡b．c。d", "a.b.c.d")]
    [InlineData("한국.한국", "xn--3e0b707e.xn--3e0b707e")]
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8.kr", "xn--3e0b707e.kr")]
    [InlineData("موقع.وزارة-الاتصالات.مصر", "xn--4gbrim.xn----ymcbaaajlc6dj7bxne2c.xn--wgbh1c")]
    [InlineData("i❤.ws", "xn--i-7iq.ws")]
    [InlineData("ac\u00ADme\u200B.com", "acme.com")]
    [InlineData("oﬃce.com", "office.com")]
    public void Parse_Spellings_GiveTheCanonicalForm(string text, string canonical)
    {
        Assert.Equal(canonical, DomainName.Parse(text).Value);
        Assert.Equal(canonical, DomainName.Parse(text.AsSpan()).Value);
        Assert.Equal(canonical, DomainName.Parse(canonical).ToString());
    }

    [Fact]
    public void Parse_LongestName_IsAccepted()
    {
        var name = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));

        Assert.Equal(253, DomainName.Parse(name + ".").Value.Length);
    }

    [Fact]
    public void Parse_CanonicalString_KeepsThatInstance()
    {
        const string name = "mail.acme.com";

        Assert.Same(name, DomainName.Parse(name).Value);
    }

    [Fact]
    public void Parse_Refused_ThrowsWithTheCode()
    {
        var thrown = Assert.Throws<FormatException>(() => DomainName.Parse("localhost"));
        Assert.StartsWith("domain_is_single_label: ", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => DomainName.Parse("localhost".AsSpan()));
        Assert.Throws<ArgumentNullException>(() => DomainName.Parse(null!));
    }

    [Fact]
    public void TryParse_Null_IsRefusedAsEmpty()
    {
        Assert.False(DomainName.TryParse(null, out var name, out var error));
        Assert.Null(name);
        Assert.Equal(DomainVerificationErrorCodes.DomainEmpty, error.Code);
    }

    [RuntimeUnicodeFact]
    public void Parse_ThroughTheInterfaces_IgnoresTheCulture()
    {
        CultureInfo turkish = CultureInfo.GetCultureInfo("tr-TR");

        Assert.Equal("iii.com", ParseAny<DomainName>("III.com", turkish).Value);
        Assert.Equal("iii.com", ParseAnySpan<DomainName>("III.com", turkish).Value);
        Assert.True(DomainName.TryParse("III.com", turkish, out var name));
        Assert.Equal("iii.com", name.Value);
        Assert.False(DomainName.TryParse("localhost", turkish, out _));
        Assert.False(DomainName.TryParse("localhost", out _));
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", "bücher.example")]
    [InlineData("mail.acme.com", "mail.acme.com")]
    [InlineData("ß.Ü.xn--p1ai", "ß.ü.рф")]
    [InlineData("😀.com", "😀.com")]
    public void Unicode_Name_IsDecoded(string text, string shown) => Assert.Equal(shown, DomainName.Parse(text).Unicode);

    [Theory]
    [InlineData("mail.acme.com", "acme.com", true)]
    [InlineData("a.b.acme.com", "ACME.com", true)]
    [InlineData("acme.com", "acme.com", false)]
    [InlineData("notacme.com", "acme.com", false)]
    [InlineData("acme.com", "mail.acme.com", false)]
    [InlineData("acme.com.example", "acme.com", false)]
    public void IsSubdomainOf_Other_ComparesWholeLabels(string name, string other, bool expected) =>
        Assert.Equal(expected, DomainName.Parse(name).IsSubdomainOf(DomainName.Parse(other)));

    [Theory]
    [InlineData(2, "acme.com")]
    [InlineData(3, "b.acme.com")]
    [InlineData(4, "a.b.acme.com")]
    public void Ancestor_Labels_KeepsTheLast(int labels, string expected)
    {
        var ancestor = DomainName.Parse("a.b.acme.com").Ancestor(labels);

        Assert.Equal(expected, ancestor.Value);
        Assert.Equal(labels, ancestor.LabelCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(5)]
    public void Ancestor_OutsideTheName_Throws(int labels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DomainName.Parse("a.b.acme.com").Ancestor(labels));

    [Fact]
    public void Equality_Spellings_AreOneKey()
    {
        DomainName one = DomainName.Parse("Bücher.example");
        DomainName other = DomainName.Parse("xn--bcher-kva.EXAMPLE.");

        Assert.True(one == other);
        Assert.True(one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one != DomainName.Parse("buecher.example"));
        Assert.False(one.Equals(null));
        Assert.False(one == null);
        Assert.True((DomainName?)null == null);
    }

    [Fact]
    public void CompareTo_Names_IsOrdinalWithNullFirst()
    {
        DomainName a = DomainName.Parse("a-b.com");
        DomainName b = DomainName.Parse("ab.com");

        Assert.True(a < b && a <= b && b > a && b >= a);
        Assert.True(null < a && a > null);
        Assert.Equal(0, a.CompareTo(DomainName.Parse("A-B.com")));
        Assert.True(a.CompareTo(null) > 0);
    }

    private static T ParseAny<T>(string text, IFormatProvider provider)
        where T : IParsable<T> => T.Parse(text, provider);

    private static T ParseAnySpan<T>(ReadOnlySpan<char> text, IFormatProvider provider)
        where T : ISpanParsable<T> =>
        T.TryParse(text, provider, out var parsed) ? parsed : T.Parse(text, provider);
}
