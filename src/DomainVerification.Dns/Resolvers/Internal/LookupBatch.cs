using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace DomainVerification.Dns;

/// <summary>Many look-ups of one caller, a number of them side by side, on lanes where the system has them.</summary>
internal sealed class LookupBatch
{
    // So many side by side are enough to keep one lane busy.
    private const int PerLane = 64;

    // Fewer are sooner done than a thread is started.
    private const int TooFew = 32;

    private int _next = -1;
    private volatile ExceptionDispatchInfo? _failure;

    private LookupBatch(ILookupWork work, CancellationToken cancellationToken) => (Work, CancellationToken) = (work, cancellationToken);

    /// <summary>What is to be done.</summary>
    public ILookupWork Work { get; }

    /// <summary>Cancels all.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>In what the work runs: that of the caller; null where he lets none flow.</summary>
    public ExecutionContext? Context { get; } = ExecutionContext.Capture();

    /// <summary>
    /// Runs them all, on half of the processors at most. Where one throws, no more begin, and the exception is thrown when those under way have ended.
    /// </summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="maxInFlight">How many may be under way at a time.</param>
    /// <param name="cancellationToken">Cancels all.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task RunAsync(ILookupWork work, int maxInFlight, CancellationToken cancellationToken) =>
        RunAsync(work, maxInFlight, Math.Max(1, Environment.ProcessorCount / 2), cancellationToken);

    /// <inheritdoc cref="RunAsync(ILookupWork, int, CancellationToken)"/>
    /// <param name="work">What is to be done.</param>
    /// <param name="maxInFlight">How many may be under way at a time.</param>
    /// <param name="maxLanes">The most lanes.</param>
    /// <param name="cancellationToken">Cancels all.</param>
    internal static async Task RunAsync(ILookupWork work, int maxInFlight, int maxLanes, CancellationToken cancellationToken)
    {
        LookupBatch batch = new(work, cancellationToken);
        await batch.RunAsync(Math.Min(work.Count, maxInFlight), maxLanes).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        batch._failure?.Throw();
    }

    /// <summary>Gives the number of the next one; false where no more is to begin.</summary>
    public bool TryTake(out int index)
    {
        index = -1;
        var isStopped = _failure is not null || CancellationToken.IsCancellationRequested;
        return !isStopped && (index = Interlocked.Increment(ref _next)) < Work.Count;
    }

    /// <summary>Lets no more begin.</summary>
    public void Fail(Exception error) => _failure ??= ExceptionDispatchInfo.Capture(error);

    private Task RunAsync(int workers, int maxLanes)
    {
        if (Work.Count < TooFew || !Epoll.IsAvailable)
        {
            return LookupWorker.RunAsync(this, null, workers);
        }

        var lanes = Math.Clamp(workers / PerLane, 1, maxLanes);
        return Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => RunLaneAsync((workers + lane) / lanes)));
    }

    private Task RunLaneAsync(int workers)
    {
        try
        {
            return UdpLane.RunAsync(lane => LookupWorker.RunAsync(this, lane, workers));
        }
        catch (SocketException)
        {
            // No room for a lane: it goes without, as it does where there are none.
            return LookupWorker.RunAsync(this, null, workers);
        }
    }
}
