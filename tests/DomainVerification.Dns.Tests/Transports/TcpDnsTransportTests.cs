namespace DomainVerification.Dns.Tests;

public sealed class TcpDnsTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(60);
    private static readonly DnsName Name = DnsName.Parse("_acme-challenge.example.com");
    private static readonly DnsQuery Query = new(
        new DnsQuestion(Name, DnsRecordType.TXT),
        DnsHeaderFlags.RecursionDesired,
        new DnsEdns());

    private readonly TcpDnsTransport _transport = new(TimeProvider.System);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact]
    public async Task Exchange_HonestServer_Answers()
    {
        var exchange = await ExchangeAsync(query => RawServer.Prefixed(Answers.Text(query)), Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
    }

    [Fact]
    public async Task W10_LargeResponse_IsReadWhole()
    {
        string text = new('x', 60_000);

        var exchange = await ExchangeAsync(query => RawServer.Prefixed(Answers.Text(query, text)), Patience);

        Assert.Equal(text, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
    }

    [Fact]
    public async Task W10_OtherIdAndOtherQuestionBefore_ArePassedOver()
    {
        var exchange = await ExchangeAsync(
            query =>
            [
                .. RawServer.Prefixed(Answers.WrongId(query)),
                .. RawServer.Prefixed(Answers.OtherQuestion(query)),
                .. RawServer.Prefixed(Answers.Text(query)),
            ],
            Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(2, exchange.IgnoredPackets);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
    }

    [Fact]
    public async Task W10_OnlyForeignMessages_EndTheQuery()
    {
        var exchange = await ExchangeAsync(
            query => [.. Enumerable.Repeat(RawServer.Prefixed(Answers.WrongId(query)), 9).SelectMany(message => message)],
            Patience);

        Assert.Equal(DnsExchangeOutcome.Mismatched, exchange.Outcome);
    }

    [Fact]
    public async Task W05_OtherCaseInResponse_IsTakenOverTcp()
    {
        var exchange = await ExchangeAsync(query => RawServer.Prefixed(Answers.OtherCase(query)), Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.True(exchange.Response!.Question!.Name.EqualsExactly(Name));
    }

    [Fact]
    public async Task W08_TruncatedOverTcp_IsMalformed()
    {
        var exchange = await ExchangeAsync(query => RawServer.Prefixed(Answers.Truncated(query)), Patience);

        Assert.Equal(DnsExchangeOutcome.Malformed, exchange.Outcome);
        Assert.Equal("truncated_over_tcp", exchange.Detail);
        Assert.Null(exchange.Response);
    }

    [Fact]
    public async Task Exchange_UnreadableResponse_IsMalformed()
    {
        var exchange = await ExchangeAsync(query => RawServer.Prefixed([.. Answers.Text(query), 0]), Patience);

        Assert.Equal(DnsExchangeOutcome.Malformed, exchange.Outcome);
        Assert.Equal("trailing_octets", exchange.Detail);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public async Task W10_ConnectionClosedEarly_IsUnreachable(int octets)
    {
        var exchange = await ExchangeAsync(query => RawServer.Prefixed(Answers.Text(query))[..octets], Patience);

        Assert.Equal(DnsExchangeOutcome.Unreachable, exchange.Outcome);
        Assert.Equal("connection_closed", exchange.Detail);
    }

    [Fact]
    public async Task Exchange_SilentServer_TimesOut() =>
        Assert.Equal(DnsExchangeOutcome.TimedOut, (await ExchangeAsync(_ => null, Impatience)).Outcome);

    [Fact]
    public async Task Exchange_NobodyListens_IsUnreachable()
    {
        DnsServerEndpoint endpoint;
        await using (RawServer gone = new())
        {
            endpoint = gone.Endpoint;
        }

        var exchange = await _transport.ExchangeAsync(endpoint, Query, Patience, CancellationToken.None);

        Assert.Equal(DnsExchangeOutcome.Unreachable, exchange.Outcome);
        Assert.Equal("connection_refused", exchange.Detail);
    }

    [Fact]
    public async Task Exchange_CancelledWhileWaiting_ThrowsPromptly()
    {
        using CancellationTokenSource source = new();
        await using RawServer server = new(onTcp: _ =>
        {
            source.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _transport.ExchangeAsync(server.Endpoint, Query, TimeSpan.FromMinutes(1), source.Token).AsTask());
    }

    private async Task<DnsExchange> ExchangeAsync(Func<byte[], byte[]?> onTcp, TimeSpan timeout)
    {
        await using RawServer server = new(onTcp: onTcp);
        return await _transport.ExchangeAsync(server.Endpoint, Query, timeout, CancellationToken.None);
    }
}
