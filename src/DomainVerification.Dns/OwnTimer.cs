namespace DomainVerification.Dns;

/// <summary>
/// A timer of an object that outlives whoever happens to need it first: it keeps nothing of his context, such as his trace or his request.
/// </summary>
internal static class OwnTimer
{
    /// <summary>Makes a timer that is not set.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="ring">What it calls.</param>
    /// <param name="state">What that is given.</param>
    public static ITimer Create(TimeProvider timeProvider, TimerCallback ring, object state)
    {
        using AsyncFlowControl? suppressed = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return timeProvider.CreateTimer(ring, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
