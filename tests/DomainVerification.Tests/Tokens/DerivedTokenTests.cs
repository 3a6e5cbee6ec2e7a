using DomainVerification.Challenges.Internal;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Tests.Tokens;

public class DerivedTokenTests
{
    private static readonly TokenContext Context = TestProfiles.Context;

    [Fact]
    public async Task Issue_SameContext_GivesTheSameTokenInAnotherProcess()
    {
        var one = await Issuer(TestProfiles.Key("k1")).IssueAsync(Context, default);
        var other = await Issuer(TestProfiles.Key("k1")).IssueAsync(Context, default);

        Assert.Equal(one, other);
        Assert.Equal("k1;Base32;160;{0}", one.Stored.Value);
        Assert.Matches("^[a-z2-7]{32}$", one.Value);
    }

    /// <summary>Outstanding tokens of all hosts depend on this value; it may never change.</summary>
    [Fact]
    public async Task Issue_KnownKey_GivesTheKnownToken()
    {
        var token = await Issuer(TestProfiles.Key("k1")).IssueAsync(Context, default);

        Assert.Equal("ng2hgdwnhuf6h3bn5zmzgc6nukyd5rao", token.Value);
    }

    [Fact]
    public async Task Issue_OtherContext_GivesAnotherToken()
    {
        var issuer = Issuer(TestProfiles.Key("k1"));
        TokenContext[] contexts =
        [
            Context,
            Context with { Generation = 2 },
            Context with { Generation = 11 },
            Context with { Owner = "acme1" },
            Context with { Owner = "Acme" },
            Context with { Domain = DomainName.Parse("example.net") },
            Context with { Domain = DomainName.Parse("www.example.com") },
            Context with { Profile = "sending" },

            // The same letters, cut elsewhere.
            Context with { Profile = "sending", Owner = "acme" },
            new("", "sendingacme", Context.Domain, 1),
            new("", "acmeexample.com", DomainName.Parse("a.example.com"), 1),
            new("", "acme", DomainName.Parse("example.com"), 12),
        ];

        var tokens = new HashSet<string>();
        foreach (var context in contexts.Distinct())
        {
            Assert.True(tokens.Add((await issuer.IssueAsync(context, default)).Value), $"{context} collides.");
        }
    }

    [Fact]
    public void Hash_FieldsCutElsewhere_Differs()
    {
        var secret = new byte[32];
        string[][] inputs = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["a", "b", "c"], ["\0\0\0\u0001a", "bc"]];

        var hashes = inputs.Select(fields => Convert.ToHexString(TokenKeyring.Hash(secret, "p", fields)));

        Assert.Equal(inputs.Length, hashes.Distinct().Count());
        Assert.NotEqual(TokenKeyring.Hash(secret, "p", "a"), TokenKeyring.Hash(secret, "q", "a"));
    }

    /// <summary>Half a surrogate pair has no UTF-8, so all of them would be one owner.</summary>
    [Fact]
    public void Hash_MalformedText_ThrowsInsteadOfColliding() =>
        Assert.ThrowsAny<ArgumentException>(() => TokenKeyring.Hash(new byte[32], "p", "\uD800"));

    [Fact]
    public async Task Match_AnotherOwnersToken_IsNone()
    {
        var issuer = Issuer(TestProfiles.Key("k1"));
        var mine = await issuer.IssueAsync(Context, default);
        var theirs = await issuer.IssueAsync(Context with { Owner = "other" }, default);

        Assert.Equal(mine.Stored, theirs.Stored);
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(mine.Value, mine.Stored, Context, default));
        Assert.Equal(TokenMatch.None, await issuer.MatchAsync(theirs.Value, mine.Stored, Context, default));
        Assert.Equal(TokenMatch.None, await issuer.MatchAsync(mine.Value, mine.Stored, Context with { Generation = 2 }, default));
    }

    [Fact]
    public async Task Rotation_OldKeyKept_OldTokensStayValidAndNewOnesUseTheNewKey()
    {
        var old = await Issuer(TestProfiles.Key("k1")).IssueAsync(Context, default);
        var rotated = Issuer(TestProfiles.Key("k2", 9), TestProfiles.Key("k1"));

        var fresh = await rotated.IssueAsync(Context, default);

        Assert.StartsWith("k2;", fresh.Stored.Value, StringComparison.Ordinal);
        Assert.NotEqual(old.Value, fresh.Value);
        Assert.Equal(TokenMatch.Current, await rotated.MatchAsync(old.Value, old.Stored, Context, default));
        Assert.Equal(old.Value, await rotated.RevealAsync(old.Stored, Context, default));
        Assert.Equal(TokenMatch.None, await rotated.MatchAsync(fresh.Value, old.Stored, Context, default));
    }

    [Fact]
    public async Task Rotation_OldKeyRemoved_OldTokensMatchNothing()
    {
        var old = await Issuer(TestProfiles.Key("k1")).IssueAsync(Context, default);
        var rotated = Issuer(TestProfiles.Key("k2", 9));

        Assert.Equal(TokenMatch.None, await rotated.MatchAsync(old.Value, old.Stored, Context, default));
        Assert.Null(await rotated.RevealAsync(old.Stored, Context, default));
    }

    [Fact]
    public async Task ProfileChanged_OutstandingTokens_StayWhatTheyAre()
    {
        var options = new DomainVerificationOptions
        {
            Keys = { TestProfiles.Key("k1") },
            Token = { Source = TokenSource.Derived, Format = "a;{0};b" },
        };
        var issuer = new ProfileTokenIssuer(new TestProfiles { [""] = options });
        var old = await issuer.IssueAsync(Context, default);

        options.Token.Source = TokenSource.Random;
        options.Token.Encoding = TokenEncoding.Decimal;
        options.Token.Bits = 256;
        options.Token.Format = "new-{0}";

        Assert.Matches("^a;[a-z2-7]{32};b$", old.Value);
        Assert.Equal(old.Value, await issuer.RevealAsync(old.Stored, Context, default));
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(old.Value, old.Stored, Context, default));
    }

    [Fact]
    public async Task Stored_LongestRecipe_FitsIntoTheStoresColumn()
    {
        var options = new DomainVerificationOptions
        {
            Keys = { TestProfiles.Key(new string('k', 32)) },
            Token = { Source = TokenSource.Derived, Format = new string('f', 97) + "{0}", Encoding = TokenEncoding.Base64Url, Bits = 256 },
        };
        Assert.True(RecordSyntax.IsTokenFormat(options.Token.Format));

        var token = await new ProfileTokenIssuer(new TestProfiles { [""] = options }).IssueAsync(Context, default);

        Assert.InRange(token.Stored.Value.Length, 1, 512);
        Assert.InRange(token.Stored.Scheme.Length, 1, 32);
    }

    private static ProfileTokenIssuer Issuer(params TokenKey[] keys) => TestProfiles.Issuer(options =>
    {
        options.Token.Source = TokenSource.Derived;
        foreach (var key in keys)
        {
            options.Keys.Add(key);
        }
    });
}
