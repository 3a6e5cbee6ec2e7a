namespace DomainVerification.Abstractions.Tests.Names;

public class DomainNameHostileTests
{
    [Theory]
    [InlineData('a')]
    [InlineData('.')]
    [InlineData(' ')]
    [InlineData('ü')]
    [InlineData('\uD800')]
    public void TryParse_Megabyte_IsRefusedWithAShortMessage(char character)
    {
        Assert.False(DomainName.TryParse(new string(character, 1 << 20), out _, out var error));
        Assert.Equal(DomainVerificationErrorCodes.DomainTooLong, error.Code);
        Assert.InRange(error.Message.Length, 1, 1100);
    }

    [Theory]
    [InlineData("a\0.com", "\\u{0000}")]
    [InlineData("acme.com\r\nHost: x", "\\u{000D}\\u{000A}")]
    [InlineData("\u202Emoc.emca", "\\u{202E}")]
    [InlineData("\u2066acme.com\u2069!", "\\u{2066}")]
    [InlineData("acme\u2028.com", "\\u{2028}")]
    [InlineData("acme\uE000.com", "\\u{E000}")]
    [InlineData("\uD800acme.com", "\uFFFD")]
    public void TryParse_UnseenCharacters_AreRefusedAndShownEscaped(string text, string shown)
    {
        Assert.False(DomainName.TryParse(text, out _, out var error));
        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, character => char.IsControl(character) || char.IsSurrogate(character));
    }

    [Theory]
    [InlineData("a.", 512)]
    [InlineData("*.", 512)]
    [InlineData("_a.", 341)]
    [InlineData("@", 1024)]
    [InlineData("xn--", 256)]
    [InlineData("xn--a.", 170)]
    [InlineData("\u0301\u0323", 512)]
    [InlineData("ﷺ", 1024)]
    [InlineData("㌀", 1024)]
    [InlineData("\u00AD", 1024)]
    [InlineData("한.", 512)]
    [InlineData("[:", 512)]
    public void TryParse_LongestTexts_AreRefused(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));

        Assert.InRange(text.Length, 1000, 1024);
        Assert.False(DomainName.TryParse(text, out _, out var error));
        Assert.InRange(error.Message.Length, 1, 1100);
    }

    [Theory]
    [InlineData("xn--99999999999999999999999999.com")]
    [InlineData("xn--zzzzzzzzzzzzzz.com")]
    [InlineData("xn--0.com")]
    [InlineData("xn--.com")]
    [InlineData("xn---.com")]
    [InlineData("xn--abc-.com")]
    [InlineData("xn--a-.com")]
    [InlineData("xn--xn--bcher-kva-.com")]
    [InlineData("xn--bcher-kva-.com")]
    public void TryParse_FalseALabels_AreRefused(string text)
    {
        Assert.False(DomainName.TryParse(text, out _, out var error));
        Assert.Equal(DomainVerificationErrorCodes.DomainHasInvalidPunycode, error.Code);
    }
}
