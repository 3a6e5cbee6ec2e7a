namespace DomainVerification.AspNetCore;

/// <summary>
/// What the health check says of a part, as the value of the entry <c>store</c>, <c>resolvers</c>, <c>suffix_list</c>, <c>outbox</c> or
/// <c>dead_letters</c> of the report's data.
/// </summary>
public static class DomainVerificationHealthCodes
{
    /// <summary>The part is well.</summary>
    public const string Ok = "ok";

    /// <summary>A read of the claim store failed. The check fails.</summary>
    public const string StoreUnreachable = "store_unreachable";

    /// <summary>
    /// A read of the claim store took longer than <see cref="DomainVerificationHealthOptions.PartTimeout"/>. The check fails.
    /// </summary>
    public const string StoreTimedOut = "store_timed_out";

    /// <summary>No DNS server answers. The check fails.</summary>
    public const string ResolversUnanswering = "resolvers_unanswering";

    /// <summary>Some of the DNS servers do not answer; proofs are found through the others. Degraded.</summary>
    public const string ResolversPartlyUnanswering = "resolvers_partly_unanswering";

    /// <summary>
    /// The DNS servers took longer than <see cref="DomainVerificationHealthOptions.PartTimeout"/>. The check fails.
    /// </summary>
    public const string ResolversTimedOut = "resolvers_timed_out";

    /// <summary>The resolver of the host threw. The check fails.</summary>
    public const string ResolversFaulted = "resolvers_faulted";

    /// <summary>
    /// The public suffix list is older than <see cref="DomainVerificationHealthOptions.MaximumSuffixListAge"/>. Degraded.
    /// </summary>
    public const string SuffixListStale = "suffix_list_stale";

    /// <summary>Nobody stated of what day the public suffix list is, so that its age is unknown. Degraded.</summary>
    public const string SuffixListUndated = "suffix_list_undated";

    /// <summary>
    /// The public suffix list took longer than <see cref="DomainVerificationHealthOptions.PartTimeout"/>. The check fails.
    /// </summary>
    public const string SuffixListTimedOut = "suffix_list_timed_out";

    /// <summary>The public suffix list of the host threw. The check fails.</summary>
    public const string SuffixListFaulted = "suffix_list_faulted";

    /// <summary>Work was due longer ago than <see cref="DomainVerificationHealthOptions.MaximumOverdue"/>. Degraded.</summary>
    public const string OutboxStuck = "outbox_stuck";

    /// <summary>
    /// More than 1,000 pieces of work are older than <see cref="DomainVerificationHealthOptions.MaximumOverdue"/> and wait for a later try.
    /// Degraded.
    /// </summary>
    public const string OutboxBacklog = "outbox_backlog";

    /// <summary>The outbox could not be read. The check fails.</summary>
    public const string OutboxUnreadable = "outbox_unreadable";

    /// <summary>
    /// Reading the outbox took longer than <see cref="DomainVerificationHealthOptions.PartTimeout"/>. The check fails.
    /// </summary>
    public const string OutboxTimedOut = "outbox_timed_out";

    /// <summary>
    /// There are more dead letters than <see cref="DomainVerificationHealthOptions.MaximumDeadLetters"/>. Degraded.
    /// </summary>
    public const string DeadLettersWaiting = "dead_letters_waiting";

    /// <summary>The dead letters could not be read. The check fails.</summary>
    public const string DeadLettersUnreadable = "dead_letters_unreadable";

    /// <summary>
    /// Reading the dead letters took longer than <see cref="DomainVerificationHealthOptions.PartTimeout"/>. The check fails.
    /// </summary>
    public const string DeadLettersTimedOut = "dead_letters_timed_out";
}
