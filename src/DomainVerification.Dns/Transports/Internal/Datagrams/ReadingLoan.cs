namespace DomainVerification.Dns;

/// <summary>
/// Who reads the ports of a receiver: its own thread, or a turn in the pool that the thread has lent the reading to. Never two at once.
/// </summary>
internal sealed class ReadingLoan
{
    private readonly object _gate = new();
    private PoolTurn? _holder;
    private bool _isReading;

    /// <summary>How long a turn may have the reading while nothing goes on there, at least.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Lends the reading. For the thread only, while it has it.</summary>
    public void Give(PoolTurn turn)
    {
        lock (_gate)
        {
            _holder = turn;
        }
    }

    /// <summary>Whether a turn may read yet; if so, nobody takes that back before <see cref="End"/>.</summary>
    public bool TryBegin(PoolTurn turn)
    {
        lock (_gate)
        {
            if (_holder != turn)
            {
                return false;
            }

            _isReading = true;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryBegin"/> began.</summary>
    /// <param name="returns">Whether the thread has the reading from now on.</param>
    public void End(bool returns)
    {
        lock (_gate)
        {
            _isReading = false;
            if (returns)
            {
                _holder = null;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Waits until the thread has the reading again, and takes it from a turn where nothing goes on.</summary>
    /// <returns>The turn that it was taken from; null where it was given back.</returns>
    public PoolTurn? Await()
    {
        lock (_gate)
        {
            PoolTurn? idle = null;
            for (var steps = PoolTurn.NoStep; _holder is not null && idle is null;)
            {
                Monitor.Wait(_gate, LookInterval);
                idle = Look(ref steps);
            }

            return idle;
        }
    }

    /// <summary>Takes the reading from a turn that neither reads nor has let a caller go on since the look before.</summary>
    /// <param name="steps">What was seen at the look before; <see cref="PoolTurn.NoStep"/> at the first.</param>
    /// <returns>That turn.</returns>
    public PoolTurn? Look(ref int steps)
    {
        lock (_gate)
        {
            if (_holder is not { } turn || _isReading)
            {
                steps = PoolTurn.NoStep;
                return null;
            }

            var isIdle = steps == turn.Steps;
            steps = turn.Steps;
            _holder = isIdle ? null : turn;
            return isIdle ? turn : null;
        }
    }
}
