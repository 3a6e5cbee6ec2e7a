namespace DomainVerification.Work.Internal;

/// <summary>
/// The time of one look: after a while it is called stalled, and at the end of the lease it is cancelled. One timer does both, so that no
/// other runs while the worker works.
/// </summary>
internal sealed class LookLimit : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TimeSpan _patience;
    private readonly TimeSpan _rest;
    private readonly WorkerBell _stalled;
    private readonly ITimer _timer;
    private bool _isStalled;

    /// <param name="lease">When the look is cancelled.</param>
    /// <param name="patience">When it is called stalled; less than the lease.</param>
    /// <param name="stalled">Rung then.</param>
    /// <param name="time">The clock.</param>
    public LookLimit(TimeSpan lease, TimeSpan patience, WorkerBell stalled, TimeProvider time)
    {
        _stalled = stalled;
        _patience = patience;
        _rest = lease - patience;
        _timer = time.CreateTimer(
            static limit => ((LookLimit)limit!).Pass(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _over.Token;

    /// <summary>Begins to count: for a look that did not end at once.</summary>
    public void Start() => _timer.Change(_patience, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _over.Dispose();
    }

    private void Pass()
    {
        try
        {
            if (_isStalled)
            {
                _over.Cancel();
                return;
            }

            _isStalled = true;
            _stalled.Ring();
            _timer.Change(_rest, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The look has just ended.
        }
    }
}
