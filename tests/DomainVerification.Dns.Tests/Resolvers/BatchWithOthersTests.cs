using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>Batches whose look-ups others wait for too.</summary>
public sealed class BatchWithOthersTests : IDisposable
{
    private const int Count = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Testing.ManualTimeProvider _time = new();
    private readonly HeldServer _server = new();
    private readonly ConfiguredServersResolver _resolver;

    public BatchWithOthersTests()
    {
        DnsResolverOptions options = new();
        options.Servers.Add(_server.Endpoint.ToString());
        _resolver = new ConfiguredServersResolver(options, _time, NullLogger<ConfiguredServersResolver>.Instance);
    }

    public void Dispose()
    {
        _resolver.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task CancelledBatch_EndsAtOnce_AndTheOthersHaveTheirAnswer()
    {
        using CancellationTokenSource source = new();
        var batch = LookupBatch.RunAsync(Count, Count, (index, token) => LookUpAsync(index, token), source.Token);
        var queries = await _server.ReceiveAsync(Count);
        var other = _resolver.ResolveAsync(Question(7), CancellationToken.None).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(Patience));
        Assert.False(other.IsCompleted);
        _server.Answer(queries);
        Assert.Equal(DnsLookupStatus.Answered, (await other.WaitAsync(Patience)).Status);
    }

    [Fact]
    public async Task FinishedBatch_LeavesNoClock()
    {
        var batch = LookupBatch.RunAsync(Count, Count, (index, token) => LookUpAsync(index, token), CancellationToken.None);

        _server.Answer(await _server.ReceiveAsync(Count));

        await batch.WaitAsync(Patience);
        Assert.Equal(0, _time.ActiveTimers);
    }

    private static DnsQuestion Question(int index) =>
        new(DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com")), DnsRecordType.TXT);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask LookUpAsync(int index, CancellationToken cancellationToken) =>
        await _resolver.ResolveAsync(Question(index), cancellationToken);
}
