namespace DomainVerification;

/// <summary>
/// The back-off ladder of the worker's re-checks: the first after <see cref="FirstDelay"/>, each next one later by <see cref="Growth"/>,
/// never further apart than <see cref="MaximumDelay"/>. The defaults make 75 tries in 6.8 days; <c>docs/rechecks.md</c> has the whole
/// ladder.
/// </summary>
public sealed class RecheckOptions
{
    /// <summary>When the ladder starts.</summary>
    /// <value>Default: <see cref="RecheckStart.AfterFirstVerify"/>.</value>
    public RecheckStart Start { get; set; }

    /// <summary>The delay before the first re-check: 1 second to 1 day.</summary>
    /// <value>Default: 1 minute.</value>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>By what each delay is longer than the one before: 1 to 10.</summary>
    /// <value>Default: 1.25.</value>
    public double Growth { get; set; } = 1.25;

    /// <summary>The longest delay: <see cref="FirstDelay"/> to 7 days.</summary>
    /// <value>Default: 175 minutes.</value>
    public TimeSpan MaximumDelay { get; set; } = TimeSpan.FromMinutes(175);

    /// <summary>
    /// How many re-checks there are, not counting those that could not be answered: 0 to 10,000. After the last, only the owner's own
    /// checks and the expiry are left.
    /// </summary>
    /// <value>Default: 75.</value>
    public int MaximumTries { get; set; } = 75;
}
