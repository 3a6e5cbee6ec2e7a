namespace DomainVerification;

/// <summary>Whether a proof still stands, as the watcher sees it.</summary>
public enum ProofHealth
{
    /// <summary>The proof was there at the last look.</summary>
    Healthy,

    /// <summary>The proof was missing at several looks in a row.</summary>
    AtRisk,

    /// <summary>The proof stayed missing for the whole grace period.</summary>
    Lapsed,
}

/// <summary>The health of a claim's proof: an axis of its own beside <see cref="DomainClaim.Status"/>.</summary>
/// <param name="State">Whether the proof still stands.</param>
/// <param name="Since">Since when it is so, UTC.</param>
/// <param name="Misses">
/// How many looks in a row were answered and did not find the proof. Looks that could not be answered do not count.
/// </param>
/// <param name="MissingSince">When the first of these looks was, UTC; <see langword="null"/> where the last look found the proof.</param>
public sealed record ClaimHealth(ProofHealth State, DateTimeOffset Since, int Misses = 0, DateTimeOffset? MissingSince = null);
