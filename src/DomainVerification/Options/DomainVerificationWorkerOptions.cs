namespace DomainVerification;

/// <summary>How the background worker runs. Configuration section <c>DomainVerification:Worker</c>.</summary>
public sealed class DomainVerificationWorkerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = DomainVerificationOptions.SectionName + ":Worker";

    /// <summary>Whether this process re-checks, expires, releases and provisions. Turn it off where another process does.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>How often the worker looks for due work: 100 milliseconds to 1 hour.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many items are leased at a time: 1 to 10,000. What a sweep over due claims finds is written for as many at a time, and for no
    /// fewer than 100 as long as there are more.
    /// </summary>
    /// <value>Default: 100.</value>
    public int BatchSize { get; set; } = 100;

    /// <summary>How many checks or operations run at the same time: 1 to 4,096.</summary>
    /// <value>Default: 16.</value>
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// For how long an item belongs to the worker that took it: 10 seconds to 1 hour. Longer than any check or operation; when a worker
    /// dies, others wait this long. An operation of a provisioner that runs longer is cancelled and tried again.
    /// </summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How many tries an operation of a provisioner gets before it is a dead letter: 1 to 1,000. With the worker's own back-off, 50 tries
    /// take 41 hours 25 minutes.
    /// </summary>
    /// <value>Default: 50.</value>
    public int MaximumAttempts { get; set; } = 50;
}
