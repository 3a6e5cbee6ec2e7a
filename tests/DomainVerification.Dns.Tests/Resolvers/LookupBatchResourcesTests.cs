using System.Globalization;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns.Tests;

/// <summary>What a batch took it gives back, however it ends. By itself, since it counts what the whole process has open.</summary>
[CollectionDefinition(nameof(LookupBatchResourcesTests), DisableParallelization = true)]
[Collection(nameof(LookupBatchResourcesTests))]
public sealed class LookupBatchResourcesTests : IDisposable
{
    private const int Rounds = 20;
    private const int Count = 60;
    private const int MaxInFlight = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly UdpDnsTransport _transport = new(TimeProvider.System);

    public enum Ending
    {
        Whole,
        Throws,
        Cancelled,
        Disposed,
        Refused,
    }

    public void Dispose() => _transport.Dispose();

    [EpollTheory]
    [InlineData(Ending.Whole)]
    [InlineData(Ending.Throws)]
    [InlineData(Ending.Cancelled)]
    [InlineData(Ending.Disposed)]
    [InlineData(Ending.Refused)]
    public async Task AfterABatch_NoThreadAndNoDescriptorIsLeft(Ending ending)
    {
        using HeldServer server = new();
        using RefusingServer refusing = new();
        var asked = ending == Ending.Refused ? refusing.Endpoint : server.Endpoint;
        await RunAsync(server, asked, ending);
        Assert.True(await Polling.UntilAsync(() => ProcessResources.Now().Lanes == 0));
        var before = ProcessResources.Now();

        for (var round = 0; round < Rounds; round++)
        {
            await RunAsync(server, asked, ending);
        }

        Assert.True(
            await Polling.UntilAsync(() => ProcessResources.Now().IsNoMoreThan(before)),
            $"{before} became {ProcessResources.Now()}.");
    }

    [EpollFact]
    public async Task AfterABatch_TheTransportHasForgottenItsLane()
    {
        using HeldServer server = new();
        var lane = await BeginAsync(server);

        Assert.True(await Polling.UntilAsync(() =>
        {
            GC.Collect();
            return !lane.TryGetTarget(out _);
        }));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference<UdpLane>> BeginAsync(HeldServer server)
    {
        WeakReference<UdpLane>? lane = null;
        var batch = Batches.RunAsync(
            Count,
            Count,
            async (index, token) =>
            {
                lane ??= new WeakReference<UdpLane>(UdpLane.Current!);
                await AskAsync(_transport, server.Endpoint, index, token).ConfigureAwait(false);
            },
            CancellationToken.None);
        server.Answer(await server.ReceiveAsync(Count));
        await batch.WaitAsync(Patience);
        return lane!;
    }

    private static async Task RunAsync(HeldServer server, DnsServerEndpoint asked, Ending ending)
    {
        using UdpDnsTransport transport = new(TimeProvider.System);
        using CancellationTokenSource source = new();
        var batch = Batches.RunAsync(
            Count,
            MaxInFlight,
            async (index, token) =>
            {
                await AskAsync(transport, asked, index, token).ConfigureAwait(false);
                if (ending == Ending.Throws)
                {
                    throw new InvalidOperationException();
                }
            },
            source.Token);
        if (ending == Ending.Refused)
        {
            await batch.WaitAsync(Patience);
            return;
        }

        var queries = await server.ReceiveAsync(MaxInFlight);
        switch (ending)
        {
            case Ending.Whole:
                server.Answer(queries);
                server.Answer(await server.ReceiveAsync(Count - MaxInFlight));
                await batch.WaitAsync(Patience);
                break;

            case Ending.Throws:
                server.Answer(queries);
                await Assert.ThrowsAsync<InvalidOperationException>(() => batch.WaitAsync(Patience));
                break;

            case Ending.Cancelled:
                await source.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(Patience));
                break;

            default:
                transport.Dispose();
                await Assert.ThrowsAsync<ObjectDisposedException>(() => batch.WaitAsync(Patience));
                break;
        }
    }

    private static async ValueTask AskAsync(UdpDnsTransport transport, DnsServerEndpoint server, int index, CancellationToken token)
    {
        var query = Queries.Text(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com"));
        await transport.ExchangeAsync(server, query, Patience, token).ConfigureAwait(false);
    }
}
