namespace DomainVerification.AspNetCore;

/// <summary>What one health check looks at, and where it draws the line.</summary>
public sealed class DomainVerificationHealthOptions
{
    /// <summary>The parts to look at.</summary>
    /// <value>Default: <see cref="DomainVerificationHealthParts.All"/>.</value>
    public DomainVerificationHealthParts Parts { get; set; } = DomainVerificationHealthParts.All;

    /// <summary>How long each part may take: 100 milliseconds to 1 minute. Parts are looked at side by side.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan PartTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The name whose NS records the DNS servers are asked for. Any definite answer will do, that there is none included. The root is known
    /// to every resolver; a name in a zone of the host's own, with a short time to live, also tells whether resolvers reach the internet.
    /// </summary>
    /// <value>A DNS name in ASCII; <c>.</c>, the root, by default.</value>
    public string ResolverQuestion { get; set; } = ".";

    /// <summary>How old the public suffix list may be: 1 day to 3,650 days.</summary>
    /// <value>Default: 180 days.</value>
    public TimeSpan MaximumSuffixListAge { get; set; } = TimeSpan.FromDays(180);

    /// <summary>
    /// How long ago the oldest unfinished work may have been due: 1 minute to 7 days. Longer than
    /// <see cref="DomainVerificationWorkerOptions.LeaseDuration"/>, which an operation may take. Work whose next try is still to come is
    /// not due.
    /// </summary>
    /// <value>Default: 15 minutes.</value>
    public TimeSpan MaximumOverdue { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many dead letters may wait: 0 to 999.</summary>
    /// <value>Default: 0.</value>
    public int MaximumDeadLetters { get; set; }
}
