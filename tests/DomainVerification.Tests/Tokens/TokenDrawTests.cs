using DomainVerification.Tokens.Internal;

namespace DomainVerification.Tests.Tokens;

/// <summary>A million draws over all alphabets and both sources: none throws, none comes twice, no character is preferred.</summary>
public class TokenDrawTests
{
    private const int RandomDraws = 200_000;
    private const int DerivedDraws = 50_000;

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static TheoryData<TokenEncoding> Encodings => [.. Enum.GetValues<TokenEncoding>().Except([TokenEncoding.Uuid])];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Random_ManyDraws_AreUniformAndNeverCollide(TokenEncoding encoding) =>
        AssertUniform(encoding, RandomDraws, _ => TokenAlphabet.Random(encoding, 160));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Derived_ManyDraws_AreUniformAndNeverCollide(TokenEncoding encoding) =>
        AssertUniform(encoding, DerivedDraws, i => TokenAlphabet.Write(TokenKeyring.Hash(Secret, "test", $"{i}"), encoding, 160));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Length_AnyBits_CarriesThemAndNotACharacterMore(TokenEncoding encoding)
    {
        var perCharacter = Math.Log2(TokenAlphabet.Of(encoding).Length);
        for (var bits = TokenOptions.MinimumBits; bits <= TokenOptions.MaximumBits; bits++)
        {
            var length = TokenAlphabet.Length(encoding, bits);

            Assert.True(length * perCharacter >= bits, $"{length} characters carry fewer than {bits} bits.");
            Assert.True((length - 1) * perCharacter < bits, $"{length} characters are one too many for {bits} bits.");
            Assert.Equal(length, TokenAlphabet.Random(encoding, bits).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Of_Alphabet_HasEachCharacterOnce(TokenEncoding encoding) =>
        Assert.Equal(TokenAlphabet.Of(encoding).Length, TokenAlphabet.Of(encoding).Distinct().Count());

    [Fact]
    public void Write_SmallNumber_FillsUpWithTheFirstCharacter()
    {
        Assert.Equal(new string('0', 31) + "f", TokenAlphabet.Write([15], TokenEncoding.Hex, 128));
        Assert.Equal(new string('a', 32), TokenAlphabet.Write([0], TokenEncoding.Base32, 160));
    }

    private static void AssertUniform(TokenEncoding encoding, int draws, Func<int, string> draw)
    {
        var alphabet = TokenAlphabet.Of(encoding);
        var length = TokenAlphabet.Length(encoding, 160);
        var seen = new HashSet<string>(draws, StringComparer.Ordinal);
        var all = new int[128];
        var first = new int[128];
        var last = new int[128];
        for (var i = 0; i < draws; i++)
        {
            var token = draw(i);
            Assert.Equal(length, token.Length);
            Assert.True(seen.Add(token), "A token came twice.");
            foreach (var character in token)
            {
                all[character]++;
            }

            first[token[0]]++;
            last[token[^1]]++;
        }

        Assert.Equal((long)draws * length, alphabet.Sum(c => (long)all[c]));
        AssertChiSquare(alphabet, all);
        AssertChiSquare(alphabet, first);
        AssertChiSquare(alphabet, last);
    }

    /// <summary>20 standard deviations: chance stays below for longer than anybody tests; a biased alphabet is thousands above.</summary>
    private static void AssertChiSquare(string alphabet, int[] counts)
    {
        var freedom = alphabet.Length - 1;
        var expected = alphabet.Sum(c => (double)counts[c]) / alphabet.Length;
        var statistic = alphabet.Sum(c => Math.Pow(counts[c] - expected, 2) / expected);
        Assert.InRange(statistic, 0, freedom + (20 * Math.Sqrt(2.0 * freedom)));
    }
}
