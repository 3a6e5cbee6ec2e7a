namespace DomainVerification.Email;

/// <summary>When and how the records of an identity are looked for. Looks that could not be answered never count.</summary>
public sealed class EmailCheckOptions
{
    /// <summary>When the worker begins to look at a new identity.</summary>
    /// <value>Default: <see cref="RecheckStart.AfterFirstVerify"/>.</value>
    public RecheckStart Start { get; set; }

    /// <summary>The delay before the first look of the worker: 1 second to 1 day.</summary>
    /// <value>Default: 1 minute.</value>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>By what each delay is longer than the one before, while records are awaited: 1.1 to 10.</summary>
    /// <value>Default: 1.5.</value>
    public double Growth { get; set; } = 1.5;

    /// <summary>The longest delay while records are awaited: <see cref="FirstDelay"/> to 1 day.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan MaximumDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the records of a verified identity are looked at: 1 hour to 30 days.</summary>
    /// <value>Default: 1 day.</value>
    public TimeSpan VerifiedInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How soon to look again after a published record was missing: 1 minute to 1 day. Later looks come a quarter of the time apart that it
    /// has been missing for, and never further than <see cref="VerifiedInterval"/>.
    /// </summary>
    /// <value>Default: 30 minutes.</value>
    public TimeSpan MissingInterval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long records may stay away, from the first answered look on, before the identity has failed: 1 hour to 30 days.
    /// </summary>
    /// <value>Default: 72 hours.</value>
    public TimeSpan FailAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How many looks in a row must miss a published record before it counts as gone: 1 to 100.</summary>
    /// <value>Default: 3.</value>
    public int MissesUntilGone { get; set; } = 3;

    /// <summary>How long these looks must span at least: 0 to 30 days.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan MissingUntilGone { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many looks in a row must find a record that was gone before it counts as back: 1 to 100.</summary>
    /// <value>Default: 2.</value>
    public int HitsUntilBack { get; set; } = 2;
}
