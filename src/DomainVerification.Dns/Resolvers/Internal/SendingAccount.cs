namespace DomainVerification.Dns;

/// <summary>
/// The account of one look-up: what was sent to whom, how much more may be sent, and how much time is left. Safe to use from several
/// conversations at once.
/// </summary>
internal sealed class SendingAccount(TimeProvider timeProvider, TimeSpan deadline, int maximum)
{
    private readonly List<DnsAttempt> _attempts = new(1);
    private readonly long _started = timeProvider.GetTimestamp();
    private int _sendings;

    public TimeSpan Remaining => deadline - timeProvider.GetElapsedTime(_started);

    /// <summary>Whether nothing more may be sent.</summary>
    public bool IsSpent => Volatile.Read(ref _sendings) >= maximum || Remaining <= TimeSpan.Zero;

    /// <summary>The sendings so far, in the order in which they ended.</summary>
    public IReadOnlyList<DnsAttempt> Attempts
    {
        get
        {
            lock (_attempts)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Takes one sending from the account; gives how long it may last, or null where nothing is left.</summary>
    public TimeSpan? TryBegin()
    {
        var remaining = Remaining;
        return remaining > TimeSpan.Zero && Interlocked.Increment(ref _sendings) <= maximum ? remaining : null;
    }

    public void Note(DnsAttempt attempt)
    {
        lock (_attempts)
        {
            _attempts.Add(attempt);
        }
    }
}
