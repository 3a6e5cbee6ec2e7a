namespace DomainVerification.AspNetCore;

/// <summary>How the streams of a claim's live progress behave.</summary>
public sealed class ClaimStreamOptions
{
    /// <summary>
    /// How long a stream waits before it reads the claim by itself, for changes that other processes made: 1 second to 1 minute. Changes of
    /// its own process are told at once. It is also how soon a stream ends when the rights of its reader are gone.
    /// </summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a stream may be silent before it sends a comment, so that nothing on the way takes it for dead: 1 second to 5 minutes.
    /// </summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stream lives, after which the reader opens the next: 1 second to 1 hour.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long readers are told to wait before they open the next stream, the <c>retry</c> of the stream: 1 second to 5 minutes.
    /// </summary>
    /// <value>Default: 3 seconds.</value>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How many streams an owner may have open in one process: 1 to 10,000. One more is answered with 429 and <c>too_many_streams</c>.
    /// </summary>
    /// <value>Default: 32.</value>
    public int MaximumPerOwner { get; set; } = 32;
}
