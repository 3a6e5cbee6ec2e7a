namespace DomainVerification.Dns.Tests;

/// <summary>Batches whose look-ups are whatever a test does.</summary>
internal static class Batches
{
    public static readonly DnsLookup Nothing = new() { Status = DnsLookupStatus.NoData, Question = ResolverBench.Question };

    public static Task RunAsync(
        int count,
        int maxInFlight,
        Func<int, CancellationToken, ValueTask> look,
        CancellationToken cancellationToken) =>
        LookupBatch.RunAsync(new Work(count, look), maxInFlight, cancellationToken);

    public static Task RunAsync(
        int count,
        int maxInFlight,
        int maxLanes,
        Func<int, CancellationToken, ValueTask> look,
        CancellationToken cancellationToken) =>
        LookupBatch.RunAsync(new Work(count, look), maxInFlight, maxLanes, cancellationToken);

    private sealed class Work(int count, Func<int, CancellationToken, ValueTask> look) : ILookupWork
    {
        public int Count => count;

        public long Now => 0;

        public async ValueTask<DnsLookup> AskAsync(int index, CancellationToken cancellationToken)
        {
            await look(index, cancellationToken).ConfigureAwait(false);
            return Nothing;
        }

        public ValueTask TakeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
