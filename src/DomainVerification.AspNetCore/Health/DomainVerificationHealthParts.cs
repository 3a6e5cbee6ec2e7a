namespace DomainVerification.AspNetCore;

/// <summary>What the health check looks at. Each part has an entry of its own in the report.</summary>
[Flags]
public enum DomainVerificationHealthParts
{
    /// <summary>Nothing; no check can be added with it.</summary>
    None = 0,

    /// <summary>Whether the claim store answers a read.</summary>
    Store = 1,

    /// <summary>Whether the DNS servers that proofs are looked up at answer a question.</summary>
    Resolvers = 2,

    /// <summary>Whether the public suffix list is new enough.</summary>
    SuffixList = 4,

    /// <summary>Whether work of the outbox is done in time.</summary>
    Outbox = 8,

    /// <summary>Whether dead letters wait for somebody to decide about them.</summary>
    DeadLetters = 16,

    /// <summary>All of them.</summary>
    All = Store | Resolvers | SuffixList | Outbox | DeadLetters,
}
