namespace DomainVerification.Dns;

/// <summary>
/// The account of one look-up: what was sent to whom, how much more may be sent, and how much time is left. Safe to use from several
/// conversations at once.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="deadline">How long all sendings may take together, from now on.</param>
/// <param name="maximum">How many there may be.</param>
internal sealed class SendingAccount(TimeProvider timeProvider, TimeSpan deadline, int maximum)
{
    private readonly Lock _gate = new();
    private long _started = timeProvider.GetTimestamp();
    private int _sendings;

    // Most look-ups are one sending, which needs no list.
    private DnsAttempt? _first;
    private List<DnsAttempt>? _further;

    public TimeSpan Remaining => deadline - timeProvider.GetElapsedTime(_started);

    /// <summary>Whether nothing more may be sent.</summary>
    public bool IsSpent => Volatile.Read(ref _sendings) >= maximum || Remaining <= TimeSpan.Zero;

    /// <summary>The sendings so far, in the order in which they ended.</summary>
    public IReadOnlyList<DnsAttempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return _first is null ? [] : _further is null ? [_first] : [_first, .. _further];
            }
        }
    }

    /// <summary>Begins anew, when the look-up has ended.</summary>
    /// <param name="started">The timestamp that the deadline counts from now.</param>
    public void Begin(long started)
    {
        _started = started;
        (_sendings, _first, _further) = (0, null, null);
    }

    /// <summary>Takes one sending from the account; gives how long it may last, or null where nothing is left.</summary>
    public TimeSpan? TryBegin()
    {
        var remaining = Remaining;
        return remaining > TimeSpan.Zero && Interlocked.Increment(ref _sendings) <= maximum ? remaining : null;
    }

    /// <summary>Takes sendings that were made before the session began.</summary>
    public void Charge(int sendings) => Interlocked.Add(ref _sendings, sendings);

    public void Note(DnsAttempt attempt)
    {
        lock (_gate)
        {
            if (_first is null)
            {
                _first = attempt;
            }
            else
            {
                (_further ??= []).Add(attempt);
            }
        }
    }
}
