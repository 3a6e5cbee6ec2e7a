using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>Where a query goes whose connection has ended before the answer (RFC 7766, section 6.2.4).</summary>
public sealed class StreamRetryTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly TcpDnsTransport _transport = new(new ManualTimeProvider(), new StreamLimits { QueriesInFlight = 1 });

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task W10_ServerThatStartsAnew_IsAskedOnAFreshConnectionAndNotOnAnOlderOne()
    {
        TaskCompletionSource[] asked = [Signal(), Signal()];
        TaskCompletionSource[] go = [Signal(), Signal()];
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number > 2)
            {
                await peer.EchoAsync();
            }

            // All connections of before are as good as gone, though only one of them has told so yet.
            var query = await peer.ReadAsync();
            asked[peer.Number - 1].SetResult();
            await go[peer.Number - 1].Task.WaitAsync(peer.Stopping);
            if (peer.Number == 1)
            {
                await peer.SendAsync(Answers.Name(query));
                await peer.ReadAsync();
            }
        });
        var first = ExchangeAsync(server, "a.example.com");
        await asked[0].Task.WaitAsync(_deadline.Token);
        var second = ExchangeAsync(server, "b.example.com");
        await asked[1].Task.WaitAsync(_deadline.Token);
        go[0].SetResult();
        Assert.Equal(DnsExchangeOutcome.Answered, (await first).Outcome);

        go[1].SetResult();

        Assert.Equal((DnsExchangeOutcome.Answered, null), ((await second).Outcome, (await second).Detail));
        Assert.Equal(3, server.Accepted);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<DnsExchange> ExchangeAsync(StreamServer server, string name) => _transport
        .ExchangeAsync(server.Endpoint, Queries.Text(name), Patience, _deadline.Token)
        .AsTask();
}
