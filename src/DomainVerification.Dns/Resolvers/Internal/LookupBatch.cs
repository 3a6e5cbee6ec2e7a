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

    private readonly int _count;
    private readonly Func<int, CancellationToken, ValueTask> _look;
    private readonly CancellationToken _cancellationToken;
    private int _next = -1;
    private volatile ExceptionDispatchInfo? _failure;

    private LookupBatch(int count, Func<int, CancellationToken, ValueTask> look, CancellationToken cancellationToken) =>
        (_count, _look, _cancellationToken) = (count, look, cancellationToken);

    /// <summary>
    /// Runs them all, on half of the processors at most. Where one throws, no more begin, and the exception is thrown when those under way have ended.
    /// </summary>
    /// <param name="count">How many there are.</param>
    /// <param name="maxInFlight">How many may be under way at a time.</param>
    /// <param name="look">Runs one, by its number, which begins with zero.</param>
    /// <param name="cancellationToken">Cancels all.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task RunAsync(
        int count,
        int maxInFlight,
        Func<int, CancellationToken, ValueTask> look,
        CancellationToken cancellationToken) =>
        RunAsync(count, maxInFlight, Math.Max(1, Environment.ProcessorCount / 2), look, cancellationToken);

    /// <inheritdoc cref="RunAsync(int, int, Func{int, CancellationToken, ValueTask}, CancellationToken)"/>
    /// <param name="count">How many there are.</param>
    /// <param name="maxInFlight">How many may be under way at a time.</param>
    /// <param name="maxLanes">The most lanes.</param>
    /// <param name="look">Runs one, by its number, which begins with zero.</param>
    /// <param name="cancellationToken">Cancels all.</param>
    internal static async Task RunAsync(
        int count,
        int maxInFlight,
        int maxLanes,
        Func<int, CancellationToken, ValueTask> look,
        CancellationToken cancellationToken)
    {
        LookupBatch batch = new(count, look, cancellationToken);
        await batch.RunAsync(Math.Min(count, maxInFlight), maxLanes).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        batch._failure?.Throw();
    }

    private Task RunAsync(int workers, int maxLanes)
    {
        if (_count < TooFew || !Epoll.IsAvailable)
        {
            return RunWithoutLaneAsync(workers);
        }

        var lanes = Math.Clamp(workers / PerLane, 1, maxLanes);
        return Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => RunLaneAsync((workers + lane) / lanes)));
    }

    private Task RunLaneAsync(int workers)
    {
        try
        {
            return UdpLane.RunAsync(workers, WorkAsync);
        }
        catch (SocketException)
        {
            // No room for a lane: it goes without, as it does where there are none.
            return RunWithoutLaneAsync(workers);
        }
    }

    private Task RunWithoutLaneAsync(int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(null)));

    private async Task WorkAsync(UdpLane? lane)
    {
        while (!IsStopped && Interlocked.Increment(ref _next) is var index && index < _count)
        {
            try
            {
                if (lane is not null)
                {
                    await lane.Return();
                }

                await _look(index, _cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                _failure ??= ExceptionDispatchInfo.Capture(error);
            }
        }
    }

    private bool IsStopped => _failure is not null || _cancellationToken.IsCancellationRequested;
}
