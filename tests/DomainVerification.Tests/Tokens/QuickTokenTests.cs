using DomainVerification.Tokens.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Tests.Tokens;

/// <summary>What the SDK's issuer says at once is what it says in the long way.</summary>
public class QuickTokenTests
{
    private static readonly ProfileTokenIssuer Issuer = TestProfiles.Issuer(_ => { });

    private static readonly Gen<char> Characters =
        Gen.Frequency((20, Gen.Elements('a', 'b', 'A', '=')), (1, Gen.Elements('\0', '\u007F', '\u0080', 'é', '\u0161', '\uD800', '\uFFFD')));

    private static readonly Gen<string> Texts =
        Gen.Frequency((3, Gen.Choose(0, 6)), (2, Gen.Choose(125, 131)))
            .SelectMany(length => Characters.ArrayOf(length))
            .Select(characters => new string(characters));

    public static TheoryData<int> Lengths => [0, 1, 2, 127, 128, 129, 255, 600];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Clear_EveryLength_IsTheSameTextAndNoOther(int length)
    {
        foreach (var end in new[] { 'x', 'é', '\uFFFD' })
        {
            var token = length == 0 ? "" : new string('a', length - 1) + end;
            Assert.True(IsToken(token, token));
            Assert.False(IsToken(token + "a", token));
            Assert.False(IsToken(token, token + "a"));
            if (length > 0)
            {
                Assert.False(IsToken(token[..^1], token));
                Assert.False(IsToken(token[..^1] + 'y', token));
                Assert.False(IsToken("b" + token[1..], token + "!"));
                Assert.False(IsToken(token, token[..^1] + 'y'));
                Assert.False(IsToken('b' + new string('a', length - 1), new string('a', length)));
            }
        }
    }

    [Theory]
    [InlineData("\u0161", "a")]
    [InlineData("\u0080", "\0")]
    [InlineData("\u0141\u0142", "AB")]
    [InlineData("é", "?")]
    [InlineData("a\u00E9", "a\u00E8")]
    [InlineData("\uD800", "\uFFFD")]
    [InlineData("A", "a")]
    public void Clear_TextsThatAreEqualInFewerBits_AreDifferent(string left, string right)
    {
        Assert.False(IsToken(left, right));
        Assert.False(IsToken(right, left));
    }

    [Fact]
    public void Clear_AnyTwoTexts_AreTheTokenWhereTheyAreEqual() =>
        Prop.ForAll(Texts.Two().ToArbitrary(), pair => IsToken(pair.Item1, pair.Item2) == (pair.Item1 == pair.Item2)
            && IsToken(pair.Item1, pair.Item1)
            && IsToken(pair.Item2, pair.Item2)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(TokenDisclosure.Always, TokenSource.Random, StoredTokenSchemes.Clear, true)]
    [InlineData(TokenDisclosure.Once, TokenSource.Random, StoredTokenSchemes.Sha256, true)]
    [InlineData(TokenDisclosure.Always, TokenSource.Derived, StoredTokenSchemes.Derived, false)]
    public async Task Issued_IsKnownAtOnce_WhereTheStoredFormAloneTells(
        TokenDisclosure disclosure,
        TokenSource source,
        string scheme,
        bool isQuick)
    {
        var issuer = TestProfiles.Issuer(options =>
        {
            (options.Token.Disclosure, options.Token.Source) = (disclosure, source);
            options.Keys.Add(TestProfiles.Key("k"));
        });
        var token = await issuer.IssueAsync(TestProfiles.Context, default);

        Assert.Equal(scheme, token.Stored.Scheme);
        Assert.Equal(isQuick, issuer.IsToken(token.Value, token.Stored));
        Assert.False(issuer.IsToken(token.Value + "x", token.Stored));
        Assert.False(issuer.IsToken(token.Value.AsSpan(0, token.Value.Length - 1), token.Stored));
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(token.Value, token.Stored, TestProfiles.Context, default));
    }

    [Theory]
    [InlineData(StoredTokenSchemes.Sha256, "")]
    [InlineData(StoredTokenSchemes.Sha256, "not a digest")]
    [InlineData(StoredTokenSchemes.Sha256, "AAAA")]
    [InlineData(StoredTokenSchemes.Derived, "a")]
    [InlineData("CLEAR", "a")]
    [InlineData("of-a-host", "a")]
    public void StoredFormThatIsNotRead_IsNoToken(string scheme, string value) =>
        Assert.False(Issuer.IsToken("a", new StoredToken(scheme, value)));

    /// <summary>Asks in both ways, which must say the same.</summary>
    private static bool IsToken(string observed, string token)
    {
        var stored = new StoredToken(StoredTokenSchemes.Clear, token);
        var quick = Issuer.IsToken(observed, stored);
        var match = Issuer.MatchAsync(observed, stored, TestProfiles.Context, default).AsTask().Result;
        Assert.Equal(quick ? TokenMatch.Current : TokenMatch.None, match);
        return quick;
    }
}
