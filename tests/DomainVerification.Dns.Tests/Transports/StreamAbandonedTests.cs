using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>Queries whose askers have gone, on a connection that goes on serving others.</summary>
public sealed class StreamAbandonedTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly CancellationTokenSource _leaving = new();
    private readonly WatchedConnector _connector = new();
    private readonly StreamPool _pool;

    public StreamAbandonedTests() => _pool = new StreamPool(DnsTransportKind.Tcp, _connector, StreamLimits.Default, _time);

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _connector.Dispose();
        _leaving.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task ManyLateAnswers_AreThrownAwayAndCountForNothing()
    {
        const int Gone = 3 * UdpDnsTransport.MaxIgnoredPackets;
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(Gone + 1);
            asked.SetResult();
            await late.Task.WaitAsync(peer.Stopping);
            foreach (var query in queries)
            {
                await peer.SendAsync(Answers.Name(query));
            }

            await peer.EchoAsync();
        });
        var gone = Enumerable.Range(0, Gone).Select(i => ExchangeAsync(server, $"n{i}.example.com", _leaving.Token)).ToList();
        var kept = ExchangeAsync(server, "kept.example.com", _deadline.Token);
        await asked.Task.WaitAsync(_deadline.Token);
        await _leaving.CancelAsync();
        foreach (var exchange in gone)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        }

        late.SetResult();

        AssertAnswered(await kept);
        AssertAnswered(await ExchangeAsync(server, "next.example.com", _deadline.Token));
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task LateAnswer_DoesNotKeepAnIdleConnectionOpen()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number == 1)
            {
                var query = await peer.ReadAsync();
                asked.SetResult();
                await late.Task.WaitAsync(peer.Stopping);
                await peer.SendAsync(Answers.Name(query));
            }

            await peer.EchoAsync();
        });
        var gone = ExchangeAsync(server, "gone.example.com", _leaving.Token);
        await _connector.NextReadAsync(_deadline.Token);
        await asked.Task.WaitAsync(_deadline.Token);
        await _leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        _time.Advance(StreamLimits.Default.IdleTime - TimeSpan.FromSeconds(1));
        late.SetResult();
        await _connector.NextReadAsync(_deadline.Token);
        _time.Advance(TimeSpan.FromSeconds(1));

        AssertAnswered(await ExchangeAsync(server, "next.example.com", _deadline.Token));
        Assert.Equal(2, _connector.Connections);
    }

    private static void AssertAnswered(DnsExchange exchange) =>
        Assert.Equal((DnsExchangeOutcome.Answered, null, 0), (exchange.Outcome, exchange.Detail, exchange.IgnoredPackets));

    private Task<DnsExchange> ExchangeAsync(StreamServer server, string name, CancellationToken cancellationToken) =>
        _pool.ExchangeAsync(server.Endpoint, Queries.Text(name), Patience, cancellationToken).AsTask();
}
