using DomainVerification.Challenges.Internal;

namespace DomainVerification.Tests.Challenges;

public class RecordSyntaxTests
{
    [Theory]
    [InlineData("acme", true)]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Acme", false)]
    [InlineData("_acme", false)]
    [InlineData("ac_me", false)]
    [InlineData("-acme", false)]
    [InlineData("acme-", false)]
    [InlineData("ac.me", false)]
    [InlineData("äcme", false)]
    public void IsProvider_Text_IsOneLabelOfLetters(string? text, bool expected) => Assert.Equal(expected, RecordSyntax.IsProvider(text));

    [Theory]
    [InlineData("_acme_verification", true)]
    [InlineData("_a._b.c", true)]
    [InlineData("", false)]
    [InlineData("_a..b", false)]
    [InlineData("_a.", false)]
    [InlineData("_A", false)]
    [InlineData("_a b", false)]
    [InlineData("_a-", false)]
    [InlineData("*", false)]
    public void IsName_Text_IsLowerCaseLabels(string text, bool expected) => Assert.Equal(expected, RecordSyntax.IsName(text));

    [Theory]
    [InlineData("_acme-challenge")]
    [InlineData("_ACME-Challenge")]
    [InlineData("_dmarc")]
    [InlineData("selector._domainkey")]
    [InlineData("_25._tcp")]
    [InlineData("_sip._udp")]
    [InlineData("_validation-persist")]
    [InlineData("_domainconnect")]
    [InlineData("_mta-sts")]
    public void IsRegistered_LabelOfAnotherUse_IsRecognised(string label) => Assert.True(RecordSyntax.IsRegistered(label));

    [Theory]
    [InlineData("_host-challenge")]
    [InlineData("_acme-host-challenge")]
    [InlineData("_tcpx")]
    [InlineData("dmarc")]
    public void IsRegistered_OwnLabel_IsFree(string label) => Assert.False(RecordSyntax.IsRegistered(label));

    [Theory]
    [InlineData("{token}", true)]
    [InlineData("token={token} expiry={expiry}", true)]
    [InlineData("", false)]
    [InlineData("token", false)]
    [InlineData("{token}{token}", false)]
    [InlineData("{token}\n", false)]
    [InlineData("tökén={token}", false)]
    public void IsValueFormat_Text_HasTheTokenOnce(string text, bool expected) => Assert.Equal(expected, RecordSyntax.IsValueFormat(text));

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("acme_verify_{0}", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("acme", false)]
    [InlineData("{0}{0}", false)]
    [InlineData("acme {0}", false)]
    [InlineData("acme\t{0}", false)]
    public void IsTokenFormat_Text_HasTheRandomPartOnce(string? text, bool expected) =>
        Assert.Equal(expected, RecordSyntax.IsTokenFormat(text));

    [Theory]
    [InlineData(TokenEncoding.Base32, 315, "{0}", true)]
    [InlineData(TokenEncoding.Base32, 316, "{0}", false)]
    [InlineData(TokenEncoding.Hex, 252, "{0}", true)]
    [InlineData(TokenEncoding.Hex, 253, "{0}", false)]
    [InlineData(TokenEncoding.Uuid, 160, "{0}", true)]
    [InlineData(TokenEncoding.Uuid, 128, "an-ancient-and-long-prefix-{0}", true)]
    [InlineData(TokenEncoding.Uuid, 128, "an-ancient-and-longer-prefix-{0}", false)]
    [InlineData(TokenEncoding.Base32, 160, "t-{0}", true)]
    [InlineData(TokenEncoding.Base32, 160, "t.{0}", false)]
    [InlineData(TokenEncoding.Base32, 160, "{0}-", false)]
    [InlineData(TokenEncoding.Base32, 160, "T{0}", false)]
    public void FitsLabel_Token_FillsOneLabelAtTheMost(TokenEncoding encoding, int bits, string format, bool expected) =>
        Assert.Equal(expected, RecordSyntax.FitsLabel(new TokenOptions { Encoding = encoding, Bits = bits, Format = format }));

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    public void IsSecret_Octets_Are32AtTheLeast(int octets, bool expected) =>
        Assert.Equal(expected, RecordSyntax.IsSecret(Convert.ToBase64String(new byte[octets])));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64, though it is long enough to be a secret of 32 octets")]
    public void IsSecret_NoBase64_IsNone(string? text) => Assert.False(RecordSyntax.IsSecret(text));
}
