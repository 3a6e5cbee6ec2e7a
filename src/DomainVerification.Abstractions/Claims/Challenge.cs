namespace DomainVerification;

/// <summary>What an owner must publish to prove control, and how a published value is recognised.</summary>
public sealed record Challenge
{
    /// <summary>The record to publish. Instructions and checks both use this one object.</summary>
    public required ChallengeRecord Record { get; init; }

    /// <summary>The form of the token that is safe to keep; see <see cref="StoredToken"/>.</summary>
    public required StoredToken Token { get; init; }

    /// <summary>
    /// Counts the challenges of this owner for this domain, from 1, over all its claims. A token of an earlier generation never proves a
    /// later one.
    /// </summary>
    public required int Generation { get; init; }

    /// <summary>When the token was issued, UTC.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Until when the first proof must succeed, UTC; <see langword="null"/> where the profile sets no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A token that is dead: replaced by a rotation, or part of a claim that ended.</summary>
/// <param name="Generation">The generation of its challenge.</param>
/// <param name="Token">Its stored form.</param>
public sealed record SpentToken(int Generation, StoredToken Token);
