using DomainVerification.Tokens.Internal;

namespace DomainVerification.Tests.Tokens;

public class TokenUuidTests
{
    private const int Draws = 50_000;

    [Fact]
    public void Random_ManyDraws_AreOfVersion4AndDrawEachOfThe122BitsEvenly() =>
        AssertDraws(version: 4, _ => TokenAlphabet.Random(TokenEncoding.Uuid, 160));

    [Fact]
    public void Derived_ManyDraws_AreOfVersion8AndDrawEachOfThe122BitsEvenly()
    {
        var secret = new byte[32];
        AssertDraws(version: 8, i => TokenAlphabet.Write(TokenKeyring.Hash(secret, "test", $"{i}"), TokenEncoding.Uuid, 160));
    }

    /// <summary>Outstanding tokens depend on this; it may never change.</summary>
    [Fact]
    public void Derived_KnownHash_GivesTheKnownUuid()
    {
        var hash = Enumerable.Range(0, 64).Select(i => (byte)(0xF0 + i)).ToArray();

        Assert.Equal("f0f1f2f3-f4f5-86f7-b8f9-fafbfcfdfeff", TokenAlphabet.Write(hash, TokenEncoding.Uuid, 160));
    }

    [Fact]
    public async Task Derived_AnotherOwner_GivesAnotherUuidThatIsRecognised()
    {
        var issuer = TestProfiles.Issuer(options =>
        {
            options.Token.Source = TokenSource.Derived;
            options.Token.Encoding = TokenEncoding.Uuid;
            options.Keys.Add(TestProfiles.Key("k1"));
        });

        var mine = await issuer.IssueAsync(TestProfiles.Context, default);
        var theirs = await issuer.IssueAsync(TestProfiles.Context with { Owner = "other" }, default);

        Assert.NotEqual(mine.Value, theirs.Value);
        Assert.Equal("k1;Uuid;160;{0}", mine.Stored.Value);
        Assert.Equal(TokenMatch.Current, await issuer.MatchAsync(mine.Value, mine.Stored, TestProfiles.Context, default));
        Assert.Equal(TokenMatch.None, await issuer.MatchAsync(theirs.Value, mine.Stored, TestProfiles.Context, default));
    }

    private static void AssertDraws(int version, Func<int, string> draw)
    {
        var seen = new HashSet<string>(Draws, StringComparer.Ordinal);
        var ones = new int[128];
        for (var i = 0; i < Draws; i++)
        {
            var text = draw(i);
            Assert.True(seen.Add(text), "A token came twice.");
            var uuid = Guid.ParseExact(text, "D");
            Assert.Equal(text, uuid.ToString("D"));
            Assert.Equal(version, uuid.Version);
            Assert.InRange(uuid.Variant, 8, 11);
            var bytes = uuid.ToByteArray(bigEndian: true);
            for (var bit = 0; bit < 128; bit++)
            {
                ones[bit] += (bytes[bit / 8] >> (7 - (bit % 8))) & 1;
            }
        }

        // 20 standard deviations of a fair coin.
        var most = 20 * Math.Sqrt(Draws / 4.0);
        var even = ones.Count(count => Math.Abs(count - (Draws / 2.0)) < most);
        Assert.Equal(122, even);
    }
}
