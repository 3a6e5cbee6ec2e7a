namespace DomainVerification.Dns.Tests;

/// <summary>What a datagram must carry where the query carried a cookie (RFC 7873, section 5.3).</summary>
public sealed class UdpCookieTests
{
    private static readonly byte[] Client = [10, 11, 12, 13, 14, 15, 16, 17];
    private static readonly byte[] Server = [20, 21, 22, 23, 24, 25, 26, 27];
    private static readonly byte[] Whole = [.. Client, .. Server];

    public static TheoryData<byte[]> WrongCookies() =>
    [
        [],
        [10],
        [.. Client, 1],
        [.. Client, .. new byte[7]],
        [.. Client, .. new byte[33]],
        [11, .. Client[1..], .. Server],
    ];

    [Theory]
    [MemberData(nameof(WrongCookies))]
    public async Task W12_WrongCookie_IsIgnoredAndWaitContinues(byte[] cookie)
    {
        await using RawServer server = new(query => [Answer(query, "forged", cookie), Answer(query, Answers.Token, Whole)]);

        var exchange = await ExchangeAsync(server, Client);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(Answers.Token, ((DnsTxtRecord)exchange.Response!.Answers[0]).Text);
        Assert.Equal(1, exchange.IgnoredPackets);
    }

    [Fact]
    public async Task W12_ServerWithoutCookies_IsHeard()
    {
        await using RawServer server = new(query => [Answer(query, Answers.Token, null)]);

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server, Client)).Outcome);
    }

    [Fact]
    public async Task W12_ServerThatRepeatsTheOption_IsHeard()
    {
        await using RawServer server = new(query => [Answer(query, Answers.Token, Client)]);

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server, Client)).Outcome);
    }

    [Fact]
    public async Task W12_NoCookieThoughTheServerGaveOne_IsNotTakenForAnAnswer()
    {
        await using RawServer server = new(query => [Answer(query, "forged", null)]);

        var exchange = await ExchangeAsync(server, Whole);

        Assert.Equal((DnsExchangeOutcome.CookieMissing, null), (exchange.Outcome, exchange.Response));
    }

    [Fact]
    public async Task W12_BareErrorThoughTheServerGaveACookie_DoesNotTalkUsOutOfEdns()
    {
        await using RawServer server = new(query => [[query[0], query[1], 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]]);

        Assert.Equal(DnsExchangeOutcome.CookieMissing, (await ExchangeAsync(server, Whole)).Outcome);
    }

    private static async Task<DnsExchange> ExchangeAsync(RawServer server, byte[] cookie)
    {
        using UdpDnsTransport transport = new(TimeProvider.System);
        DnsQuery query = new(
            new DnsQuestion(DnsName.Parse("_acme-challenge.example.com"), DnsRecordType.TXT),
            DnsHeaderFlags.RecursionDesired,
            new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, cookie)] });
        return await transport.ExchangeAsync(server.Endpoint, query, TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    private static byte[] Answer(byte[] query, string text, byte[]? cookie)
    {
        var read = Answers.Read(query);
        return DnsMessageWriter.Write(new DnsMessage
        {
            Id = read.Id,
            Flags = DnsHeaderFlags.Response,
            Questions = read.Questions,
            Answers = [new DnsTxtRecord(read.Question!.Name, TimeSpan.FromMinutes(1), text)],
            Edns = new DnsEdns { Options = cookie is null ? [] : [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, cookie)] },
        });
    }
}
