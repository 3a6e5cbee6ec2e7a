namespace DomainVerification;

/// <summary>
/// How many checks of proofs callers may ask for in one process, as bursts of so many that are given back evenly over
/// <see cref="Window"/>. Configuration section <c>DomainVerification:CheckLimits</c>. The worker's own re-checks are not counted.
/// </summary>
public sealed class CheckLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = DomainVerificationOptions.SectionName + ":CheckLimits";

    /// <summary>
    /// How many checks of one domain all owners together may ask for: 0 to 100,000, where 0 is no limit. An owner that has not had a check
    /// of the domain within the window gets one even so: strangers cannot keep anybody from proving a domain.
    /// </summary>
    /// <value>Default: 10.</value>
    public int PerDomain { get; set; } = 10;

    /// <summary>How many checks one owner may ask for, whatever the domains: 0 to 100,000, where 0 is no limit.</summary>
    /// <value>Default: 30.</value>
    public int PerOwner { get; set; } = 30;

    /// <summary>How many checks all callers of this process may ask for: 0 to 100,000, where 0 is no limit.</summary>
    /// <value>Default: 600.</value>
    public int Total { get; set; } = 600;

    /// <summary>The time over which a limit is given back: 1 second to 1 day.</summary>
    /// <value>Default: 1 minute.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}
