using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Proofs.Internal;
using DomainVerification.Tests.Tokens;
using DomainVerification.Tokens.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Tests.Proofs;

/// <summary>A record is judged without making texts of it where that can be; the verdict is that of the long way.</summary>
public class QuickVerdictTests
{
    private static readonly DnsName Owner = DnsName.Parse("_host-challenge.example.com");

    private static readonly ProfileTokenIssuer Derived = TestProfiles.Issuer(options =>
    {
        options.Token.Source = TokenSource.Derived;
        options.Keys.Add(TestProfiles.Key("k"));
    });

    private static readonly Gen<string> Formats = Gen.Elements(
        "token={token}", "token={token} expiry=2026-11-29", "{token}", "host={token}", "a {token} b", "token={token};v=1", "é={token}");

    private static readonly Gen<string> Tokens = Gen.OneOf(
        Gen.Constant(CheckWorld.Token),
        Gen.Choose(120, 260).Select(length => new string('t', length)),
        Gen.Choose(1, 40).SelectMany(length => Gen.Elements('a', 'Z', '0', '=', '-', 'é', ' ').ArrayOf(length)).Select(text => new string(text)));

    private static readonly Gen<string> Schemes =
        Gen.Elements(StoredTokenSchemes.Clear, StoredTokenSchemes.Sha256, StoredTokenSchemes.Derived);

    private static readonly Gen<Func<string, string>> Changes = Gen.Elements<Func<string, string>>(
        value => value,
        value => value,
        value => value,
        value => value + " ",
        value => " " + value,
        value => value + "\t",
        value => value.Replace('=', ' '),
        value => value[..^1],
        value => value + "x",
        value => value[..^1] + "~",
        value => value.ToUpperInvariant(),
        value => value + "é",
        value => value + "\0",
        value => value + " expiry=never",
        value => value + "  expiry=never",
        value => $"\"{value}\"",
        value => "token=" + value,
        value => value + value,
        _ => "");

    private static readonly Gen<Case> Cases =
        from format in Formats
        from token in Tokens
        from scheme in Schemes
        from change in Changes
        from isSpent in Gen.Elements(false, false, true)
        from cut in Gen.Choose(0, 600)
        from records in Gen.Choose(0, 9)
        select new Case(format, token, scheme, change, isSpent, cut, records);

    [Fact]
    public void Read_AnyRecord_VerdictIsThatOfTheLongWay() =>
        Prop.ForAll(Cases.ToArbitrary(), IsJudgedTheSame).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Read_AnyOctets_VerdictIsThatOfTheLongWay() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
        {
            var record = new DnsTxtRecord(Owner, TimeSpan.Zero, [octets.AsMemory(0, Math.Min(octets.Length, 255))]);
            return IsJudgedTheSame([record], "{token}", new StoredToken(StoredTokenSchemes.Clear, record.Text), []);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(StoredTokenSchemes.Clear)]
    [InlineData(StoredTokenSchemes.Sha256)]
    [InlineData(StoredTokenSchemes.Derived)]
    public async Task Read_TokenOfEachScheme_IsTheMatch_AndTheNextOneIsNot(string scheme)
    {
        var (token, stored) = Store(scheme, CheckWorld.Token);

        Assert.Equal(ObservedVerdict.Match, await JudgeAsync("token=" + token, stored, Derived));
        Assert.Equal(ObservedVerdict.OtherToken, await JudgeAsync("token=" + token + "x", stored, Derived));
        Assert.Equal(ObservedVerdict.OtherToken, await JudgeAsync("token=" + token[..^1], stored, Derived));
        Assert.Equal(ObservedVerdict.Unrelated, await JudgeAsync("token=" + token + " ", stored, Derived));
    }

    [Theory]
    [InlineData(StoredTokenSchemes.Clear)]
    [InlineData(StoredTokenSchemes.Sha256)]
    [InlineData(StoredTokenSchemes.Derived)]
    public async Task Read_IssuerOfTheHost_IsAskedAndHasTheLastWord(string scheme)
    {
        var (token, stored) = Store(scheme, CheckWorld.Token);
        var agreeing = new DecoratedIssuer(Derived);
        var refusing = new DecoratedIssuer(Derived, _ => TokenMatch.None);

        Assert.Equal(ObservedVerdict.Match, await JudgeAsync("token=" + token, stored, agreeing));
        Assert.Equal(ObservedVerdict.OtherToken, await JudgeAsync("token=" + token, stored, refusing));
        Assert.Equal((1, 1), (agreeing.Matches, refusing.Matches));
    }

    private static bool IsJudgedTheSame(Case sample)
    {
        var (token, stored) = Store(sample.Scheme, sample.Token);
        var value = sample.Change(sample.Format.Replace("{token}", token, StringComparison.Ordinal));
        SpentToken[] spent = sample.IsSpent ? [new SpentToken(1, stored)] : [];
        var current = sample.IsSpent ? new StoredToken(StoredTokenSchemes.Clear, "the-next-one") : stored;
        DnsRecord record = new DnsTxtRecord(Owner, TimeSpan.Zero, Cut(Encoding.UTF8.GetBytes(value), sample.Cut));
        DnsRecord other = new DnsTxtRecord(Owner, TimeSpan.Zero, "v=spf1 -all");
        DnsRecord alias = new DnsCnameRecord(Owner, TimeSpan.Zero, DnsName.Parse("other.example"));
        return IsJudgedTheSame(
            sample.Records switch { 0 => [record, other], 1 => [other, record], 2 => [alias], 3 => [], _ => [record] },
            sample.Format,
            current,
            spent);
    }

    private static bool IsJudgedTheSame(IReadOnlyList<DnsRecord> records, string format, StoredToken stored, SpentToken[] spent)
    {
        var quick = Read(Derived);
        var slow = Read(new DecoratedIssuer(Derived));
        return quick.SequenceEqual(slow);

        List<(string Text, ObservedVerdict Verdict)> Read(ITokenIssuer issuer)
        {
            var values = JudgedValue.ReadAsync(records, Request(format, stored, spent, issuer), default).AsTask().Result;
            return [.. values.Select(value => (value.Text, value.Verdict))];
        }
    }

    private static async Task<ObservedVerdict> JudgeAsync(string text, StoredToken stored, ITokenIssuer issuer)
    {
        var request = Request("token={token}", stored, [], issuer);
        return Assert.Single(await JudgedValue.ReadAsync([new DnsTxtRecord(Owner, TimeSpan.Zero, text)], request, default)).Verdict;
    }

    private static ProofRequest Request(string format, StoredToken stored, SpentToken[] spent, ITokenIssuer issuer) => ProofRequests.For(
        "example.com",
        new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = Owner.ToString(), ValueFormat = format },
        stored,
        spent,
        issuer);

    /// <summary>The token and its stored form; that of a recipe is not for us to choose.</summary>
    private static (string Token, StoredToken Stored) Store(string scheme, string token)
    {
        if (scheme == StoredTokenSchemes.Clear)
        {
            return (token, new StoredToken(scheme, token));
        }

        if (scheme == StoredTokenSchemes.Sha256)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));
            return (token, new StoredToken(scheme, Base64Url.EncodeToString(digest)));
        }

        var context = new TokenContext("", "acme", DomainName.Parse("example.com"), 2);
        var issued = Derived.IssueAsync(context, default).AsTask().Result;
        return (issued.Value, issued.Stored);
    }

    /// <summary>One string where it fits and the cut lies behind it; otherwise several.</summary>
    private static List<ReadOnlyMemory<byte>> Cut(byte[] value, int cut)
    {
        List<ReadOnlyMemory<byte>> strings = [];
        ReadOnlyMemory<byte> rest = value;
        for (var length = Math.Min(Math.Max(cut, 1), 255); rest.Length > length; rest = rest[length..])
        {
            strings.Add(rest[..length]);
        }

        strings.Add(rest);
        return strings;
    }

    private sealed record Case(
        string Format,
        string Token,
        string Scheme,
        Func<string, string> Change,
        bool IsSpent,
        int Cut,
        int Records);
}
