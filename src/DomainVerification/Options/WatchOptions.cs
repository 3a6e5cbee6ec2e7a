namespace DomainVerification;

/// <summary>
/// Whether the worker goes on looking for the proof of a claim that is verified or holds. What it finds moves
/// <see cref="DomainClaim.Health"/> and leaves the events <c>at_risk</c>, <c>lapsed</c> and <c>recovered</c>; it never takes a domain away
/// by itself, but a holder that has lapsed gives way to who proves the domain. Looks that could not be answered change nothing.
/// </summary>
public sealed class WatchOptions
{
    /// <summary>
    /// Whether claims are watched. Tell customers to leave the record in place where they are; a claim is watched from its next proof on.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Enabled { get; set; }

    /// <summary>The time between looks while all is well: 1 minute to 30 days.</summary>
    /// <value>Default: 1 day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The time to the next look after one that did not find the proof, or could not be answered: 1 minute to <see cref="Interval"/>.
    /// </summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many looks in a row must miss the proof before the claim is at risk: 1 to 100.</summary>
    /// <value>Default: 3.</value>
    public int Misses { get; set; } = 3;

    /// <summary>How long the proof must be missing before a claim that is at risk lapses: zero to 90 days.</summary>
    /// <value>Default: 7 days.</value>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromDays(7);
}
