using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>DNS cookies (RFC 7873), as a look-up keeps and sends them.</summary>
public sealed class CookieTests
{
    private static readonly byte[] ServerPart = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public async Task W12_FirstQuery_HasACookieOfTheClientAlone_OtherForEachServer()
    {
        ResolverBench bench = new((server, _) => server.Equals(First)
            ? Failed(DnsExchangeOutcome.Unreachable)
            : Answered(DnsResponseCode.NoError, Text("_acme-challenge.example.com")));

        await bench.RunAsync();

        var cookies = bench.Udp.Sent.Select(sent => CookieOf(sent.Query)).ToList();
        Assert.All(cookies, cookie => Assert.Equal(8, cookie.Length));
        Assert.NotEqual(cookies[0], cookies[1]);
    }

    [Fact]
    public async Task W12_ServersCookie_ComesBackWithTheNextQuery()
    {
        ResolverBench bench = new((_, query) => Answered(WithCookie(query, DnsResponseCode.NoError)));
        var resolver = bench.CreateResolver();

        await resolver.ResolveAsync(Question, CancellationToken.None);
        await resolver.ResolveAsync(Question, CancellationToken.None);

        var (first, second) = (CookieOf(bench.Udp.Sent[0].Query), CookieOf(bench.Udp.Sent[1].Query));
        Assert.Equal([.. first, .. ServerPart], second);
    }

    [Fact]
    public async Task W12_BadCookie_IsTriedAgainWithTheOneThatTheServerGave()
    {
        ResolverBench bench = new((_, query) => Answered(WithCookie(
            query,
            CookieOf(query).Length == 8 ? DnsResponseCode.BadCookie : DnsResponseCode.NoError)));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([First, First], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Fact]
    public async Task W12_BadCookieTwice_GoesToTcp()
    {
        ResolverBench bench = new(
            (_, query) => Answered(WithCookie(query, DnsResponseCode.BadCookie)),
            (_, query) => Answered(WithCookie(query, DnsResponseCode.NoError)));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(
            [DnsTransportKind.Udp, DnsTransportKind.Udp, DnsTransportKind.Tcp],
            lookup.Attempts.Select(attempt => attempt.Transport));
    }

    [Fact]
    public async Task W12_BadCookieOverTcpToo_IsServerFailure()
    {
        ResolverBench bench = new(
            (_, query) => Answered(WithCookie(query, DnsResponseCode.BadCookie)),
            (_, query) => Answered(WithCookie(query, DnsResponseCode.BadCookie)));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.ServerFailure, lookup.Status);
        Assert.Equal(6, lookup.Attempts.Count);
    }

    [Fact]
    public async Task W12_NoCookieOverTcp_IsNotExpectedAnyMore()
    {
        var usesCookies = true;
        ResolverBench bench = new(
            (_, query) => usesCookies ? Answered(WithCookie(query, DnsResponseCode.NoError))
                : CookieOf(query).Length > 8 ? Failed(DnsExchangeOutcome.CookieMissing)
                : Answered(DnsResponseCode.NoError, Text("_acme-challenge.example.com")),
            (_, _) => Answered(DnsResponseCode.NoError, Text("_acme-challenge.example.com")));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);
        usesCookies = false;

        await resolver.ResolveAsync(Question, CancellationToken.None);
        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal([8, 16, 8], bench.Udp.Sent.Select(sent => CookieOf(sent.Query).Length));
        Assert.Single(bench.Tcp.Sent);
    }

    [Fact]
    public async Task W12_Cookie_IsAnotherOneAfterAnHour()
    {
        ResolverBench bench = new((_, query) => Answered(WithCookie(query, DnsResponseCode.NoError)));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);
        bench.Time.Advance(TimeSpan.FromHours(1));

        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(8, CookieOf(bench.Udp.Sent[1].Query).Length);
        Assert.NotEqual(CookieOf(bench.Udp.Sent[0].Query), CookieOf(bench.Udp.Sent[1].Query));
    }

    [Fact]
    public async Task W05_CaseThatIsNotRepeated_IsRememberedForTenMinutes()
    {
        ResolverBench bench = new(
            (_, _) => Failed(DnsExchangeOutcome.CaseMismatched),
            (_, _) => Answered(DnsResponseCode.NoError, Text("_acme-challenge.example.com")));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);

        await resolver.ResolveAsync(Question, CancellationToken.None);
        Assert.Single(bench.Udp.Sent);
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal((2, 3), (bench.Udp.Sent.Count, bench.Tcp.Sent.Count));
    }

    [Fact]
    public async Task W05_CaseThatIsNotRepeated_WithoutAnAnswerOverTcp_IsNotHeldAgainstTheServer()
    {
        ResolverBench bench = new((_, _) => Failed(DnsExchangeOutcome.CaseMismatched), (_, _) => Failed(DnsExchangeOutcome.Unreachable));
        bench.Options.FailureRetention = TimeSpan.Zero;
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);

        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(4, bench.Udp.Sent.Count);
    }

    private static byte[] CookieOf(DnsQuery query) =>
        Assert.Single(query.Edns!.Options, option => option.Code == DnsEdnsOptionCode.Cookie).Data.ToArray();

    private static DnsMessage WithCookie(DnsQuery query, DnsResponseCode code) => new()
    {
        Flags = DnsHeaderFlags.Response,
        ResponseCode = code,
        Answers = code == DnsResponseCode.NoError ? [Text("_acme-challenge.example.com")] : [],
        Edns = new DnsEdns
        {
            Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, (byte[])[.. CookieOf(query)[..8], .. ServerPart])],
        },
    };
}
