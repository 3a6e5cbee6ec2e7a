using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Tests.Tokens;

public class RandomTokenTests
{
    [Fact]
    public async Task Issue_Defaults_Gives32CharactersOfBase32()
    {
        var issuer = TestProfiles.Issuer(_ => { });

        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        Assert.Matches("^[a-z2-7]{32}$", token.Value);
        Assert.Equal(StoredTokenSchemes.Clear, token.Stored.Scheme);
    }

    [Theory]
    [InlineData(TokenEncoding.Base32, 128, "^acme_verify_[a-z2-7]{26}$")]
    [InlineData(TokenEncoding.Base64Url, 128, "^acme_verify_[A-Za-z0-9_-]{22}$")]
    [InlineData(TokenEncoding.Hex, 160, "^acme_verify_[0-9a-f]{40}$")]
    [InlineData(TokenEncoding.Decimal, 128, "^acme_verify_[0-9]{39}$")]
    [InlineData(TokenEncoding.Uuid, 160, "^acme_verify_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    public async Task Issue_Format_StandsAroundTheRandomPart(TokenEncoding encoding, int bits, string pattern)
    {
        var issuer = TestProfiles.Issuer(options =>
        {
            options.Token.Encoding = encoding;
            options.Token.Bits = bits;
            options.Token.Format = "acme_verify_{0}";
        });

        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        Assert.Matches(pattern, token.Value);
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(token.Value, token.Stored, TestProfiles.Context, default));
        Assert.Equal(TokenMatch.None, await issuer.MatchAsync(token.Value[12..], token.Stored, TestProfiles.Context, default));
    }

    [Fact]
    public async Task Issue_Once_KeepsNothingThatGivesTheTokenBack()
    {
        var issuer = TestProfiles.Issuer(options => options.Token.Disclosure = TokenDisclosure.Once);

        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        Assert.Equal(StoredTokenSchemes.Sha256, token.Stored.Scheme);
        Assert.DoesNotContain(token.Value, token.Stored.Value, StringComparison.Ordinal);
        Assert.Null(await issuer.RevealAsync(token.Stored, TestProfiles.Context, default));
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(token.Value, token.Stored, TestProfiles.Context, default));
    }

    [Fact]
    public async Task Once_StoredForm_IsTheSha256OfTheToken()
    {
        var issuer = TestProfiles.Issuer(options => options.Token.Disclosure = TokenDisclosure.Once);

        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(token.Value));
        Assert.Equal(Convert.ToBase64String(digest).TrimEnd('=').Replace('+', '-').Replace('/', '_'), token.Stored.Value);
    }

    [Fact]
    public async Task Match_DisclosureChangedSince_StillRecognises()
    {
        var options = new DomainVerificationOptions();
        var issuer = new DomainVerification.Tokens.Internal.ProfileTokenIssuer(new TestProfiles { [""] = options });
        var clear = await issuer.IssueAsync(TestProfiles.Context, default);

        options.Token.Disclosure = TokenDisclosure.Once;
        options.Token.Format = "new-{0}";
        options.Token.Encoding = TokenEncoding.Hex;

        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(clear.Value, clear.Stored, TestProfiles.Context, default));
        Assert.Equal(clear.Value, await issuer.RevealAsync(clear.Stored, TestProfiles.Context, default));
    }

    [Theory]
    [InlineData(TokenDisclosure.Always, TokenSource.Random)]
    [InlineData(TokenDisclosure.Once, TokenSource.Random)]
    [InlineData(TokenDisclosure.Always, TokenSource.Derived)]
    public async Task Match_HostileValue_IsNone(TokenDisclosure disclosure, TokenSource source)
    {
        var issuer = TestProfiles.Issuer(options =>
        {
            options.Token.Disclosure = disclosure;
            options.Token.Source = source;
            options.Keys.Add(TestProfiles.Key("k1"));
        });
        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        foreach (var hostile in Hostile(token))
        {
            Assert.Equal(TokenMatch.None, await issuer.MatchAsync(hostile, token.Stored, TestProfiles.Context, default));
        }
    }

    [Theory]
    [InlineData(StoredTokenSchemes.Sha256, "")]
    [InlineData(StoredTokenSchemes.Sha256, "AAAA")]
    [InlineData(StoredTokenSchemes.Sha256, "not base64!")]
    [InlineData(StoredTokenSchemes.Sha256, "é")]
    [InlineData(StoredTokenSchemes.Derived, "")]
    [InlineData(StoredTokenSchemes.Derived, "k1;Base32;160")]
    [InlineData(StoredTokenSchemes.Derived, "k1;Base99;160;{0}")]
    [InlineData(StoredTokenSchemes.Derived, "k1;Base32;8;{0}")]
    [InlineData(StoredTokenSchemes.Derived, "k1;Base32;-160;{0}")]
    [InlineData(StoredTokenSchemes.Derived, "gone;Base32;160;{0}")]
    [InlineData("of-another-issuer", "abc")]
    public async Task Match_BrokenStoredForm_IsNoneAndCannotBeRevealed(string scheme, string value)
    {
        var issuer = TestProfiles.Issuer(options => options.Keys.Add(TestProfiles.Key("k1")));
        var stored = new StoredToken(scheme, value);

        Assert.Equal(TokenMatch.None, await issuer.MatchAsync("", stored, TestProfiles.Context, default));
        Assert.Equal(TokenMatch.None, await issuer.MatchAsync(value, stored, TestProfiles.Context, default));
        Assert.Null(await issuer.RevealAsync(stored, TestProfiles.Context, default));
    }

    [Fact]
    public async Task EveryCall_CanceledToken_Throws()
    {
        var issuer = TestProfiles.Issuer(_ => { });
        var canceled = new CancellationToken(canceled: true);
        var stored = new StoredToken(StoredTokenSchemes.Clear, "abc");

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await issuer.IssueAsync(TestProfiles.Context, canceled));
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await issuer.MatchAsync("a", stored, TestProfiles.Context, canceled));
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await issuer.RevealAsync(stored, TestProfiles.Context, canceled));
    }

    private static IEnumerable<string> Hostile(IssuedToken token) =>
    [
        "",
        " ",
        "\0",
        token.Value + " ",
        token.Value + "\0",
        token.Value[..^1],
        token.Value.ToUpperInvariant(),
        token.Stored.Value == token.Value ? "x" : token.Stored.Value,
        new string('a', 64 * 1024),
        token.Value + new string('a', 64 * 1024),
        "\uD800",
        "\u202E" + token.Value,
        "ｔｏｋｅｎ",
    ];
}
