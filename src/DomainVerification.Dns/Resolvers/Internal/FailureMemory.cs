namespace DomainVerification.Dns;

/// <summary>
/// Look-ups that failed lately, so that servers which cannot answer are left in peace (RFC 9520, section 3.2): for a second at first, twice
/// as long after each further failure, up to a maximum. What succeeds is forgotten here and never kept.
/// </summary>
/// <param name="maximum">The longest time that one failure is kept; zero keeps none.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class FailureMemory(TimeSpan maximum, TimeProvider timeProvider)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const int MaxFailures = 10_000;

    private readonly RecentMemory<DnsQuestion, Failure> _failures = new(MaxFailures);

    /// <summary>The failure that stands for the question now; null where servers may be asked.</summary>
    public DnsLookup? Find(DnsQuestion question)
    {
        if (!_failures.TryGet(question, out var failure))
        {
            return null;
        }

        var left = failure.Until - timeProvider.GetUtcNow();
        return left > TimeSpan.Zero && left <= failure.Time ? failure.Lookup.Failed(left, isRemembered: true) : null;
    }

    /// <summary>Keeps a failure, or forgets the one before after a success; answers the look-up with the time that it is kept for.</summary>
    public DnsLookup Note(DnsLookup lookup)
    {
        if (lookup.Status is DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain)
        {
            _failures.Remove(lookup.Question);
            return lookup;
        }

        if (maximum <= TimeSpan.Zero)
        {
            return lookup;
        }

        var now = timeProvider.GetUtcNow();
        var time = Shortest;
        if (_failures.TryGet(lookup.Question, out var former) && now - former.Until < former.Time)
        {
            time = former.Time * 2;
        }

        time = time < maximum ? time : maximum;
        _failures.Set(lookup.Question, new Failure(lookup, now + time, time));
        return lookup.Failed(time);
    }

    private sealed record Failure(DnsLookup Lookup, DateTimeOffset Until, TimeSpan Time);
}
