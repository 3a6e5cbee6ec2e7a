using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>One question, asked by a batch and by somebody else at the same time (RFC 5452, section 5).</summary>
public sealed class LookupBatchSharingTests : IDisposable
{
    private const int Count = 40;
    private const int Shared = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HeldServer _server = new();
    private readonly Testing.ManualTimeProvider _time = new();
    private readonly UdpDnsTransport _transport;
    private readonly ConfiguredServersResolver _resolver;

    public LookupBatchSharingTests()
    {
        _transport = new UdpDnsTransport(_time);
        DnsResolverOptions options = new() { Servers = { _server.Endpoint.ToString() } };
        _resolver = new ConfiguredServersResolver(
            options,
            _transport,
            _transport,
            _time,
            NullLogger<ConfiguredServersResolver>.Instance);
    }

    public void Dispose()
    {
        _resolver.Dispose();
        _transport.Dispose();
        _server.Dispose();
    }

    [EpollFact]
    public async Task W06_OutsiderWhoJoins_GoesOnElsewhere()
    {
        var batch = BatchAsync(CancellationToken.None);
        var queries = await _server.ReceiveAsync(Count);
        var outsider = OutsiderAsync();
        Assert.False(_server.HasMore);

        _server.Answer(queries);

        Assert.Equal((DnsLookupStatus.Answered, null), await outsider.WaitAsync(Patience));
        await batch.WaitAsync(Patience);
    }

    /// <summary>The batch does not wait for what only somebody else still wants, which its thread hears all the same.</summary>
    [EpollFact]
    public async Task W06_OutsiderWhoJoined_OutlivesTheBatch_AndGoesOnElsewhere()
    {
        using CancellationTokenSource source = new();
        var batch = BatchAsync(source.Token);
        var queries = await _server.ReceiveAsync(Count);
        var outsider = OutsiderAsync();

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(Patience));
        Assert.False(outsider.IsCompleted);
        _server.Answer(queries);

        Assert.Equal((DnsLookupStatus.Answered, null), await outsider.WaitAsync(Patience));
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task W06_OutsiderWhoJoined_IsAnsweredAfterATimeOutToo()
    {
        using CancellationTokenSource source = new();
        var batch = BatchAsync(source.Token);
        await _server.ReceiveAsync(Count);
        var outsider = OutsiderAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(Patience));

        _time.Advance(TimeSpan.FromSeconds(2));
        _server.Answer(await _server.ReceiveAsync(1));

        Assert.Equal((DnsLookupStatus.Answered, null), await outsider.WaitAsync(Patience));
    }

    [EpollFact]
    public async Task W06_BatchThatJoinsAnOutsider_IsAnsweredAndGoesOnOnItsLane()
    {
        var outsider = OutsiderAsync();
        var first = await _server.ReceiveAsync(1);
        var batch = BatchAsync(CancellationToken.None);
        _server.Answer(await _server.ReceiveAsync(Count - 1));
        Assert.False(batch.IsCompleted);

        _server.Answer(first);

        await batch.WaitAsync(Patience);
        Assert.Equal((DnsLookupStatus.Answered, null), await outsider.WaitAsync(Patience));
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task W06_TwoBatches_WaitForOneAnswer()
    {
        Task[] batches = [BatchAsync(CancellationToken.None), BatchAsync(CancellationToken.None)];
        var queries = await _server.ReceiveAsync(Count);
        _server.Answer(queries);

        // What one of them asked after the answer, it asked anew.
        var all = Task.WhenAll(batches);
        using CancellationTokenSource patience = new(Patience);
        while (!all.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (_server.HasMore)
            {
                _server.Answer(await _server.ReceiveAsync(1));
            }

            await Task.Yield();
        }

        await all;
    }

    private static DnsQuestion Question(int index) =>
        new(DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com")), DnsRecordType.TXT);

    private Task BatchAsync(CancellationToken cancellationToken) => Batches.RunAsync(Count, Count, LookAsync, cancellationToken);

    private async ValueTask LookAsync(int index, CancellationToken cancellationToken)
    {
        var lookup = await _resolver.ResolveAsync(Question(index), cancellationToken).ConfigureAwait(false);
        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
    }

    private Task<(DnsLookupStatus Status, UdpLane? Lane)> OutsiderAsync()
    {
        var lookup = _resolver.ResolveAsync(Question(Shared), CancellationToken.None);
        return GoOnAsync();

        async Task<(DnsLookupStatus, UdpLane?)> GoOnAsync()
        {
            var status = (await lookup.ConfigureAwait(false)).Status;
            return (status, UdpLane.Current);
        }
    }
}
