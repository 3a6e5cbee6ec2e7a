namespace DomainVerification;

/// <summary>
/// Decides whether a check that somebody asked for is made now. Asked by <see cref="IDomainClaimManager.VerifyAsync"/> and
/// <see cref="IDomainClaimManager.ConfirmAsync"/> once for each call that comes to a check, before anything leaves the process; the worker's
/// own re-checks are not asked for by anybody, and go by their schedule. The default counts in the memory of its process
/// (<see cref="CheckLimitOptions"/>); a host with several processes can bring one that counts for all of them with
/// <c>UseProofCheckLimiter</c>. Safe for parallel use.
/// </summary>
public interface IProofCheckLimiter
{
    /// <summary>Counts the check, where it may be made; a refused one is not counted. What it throws ends the call.</summary>
    /// <param name="attempt">The check.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<ProofCheckAdmission> AdmitAsync(ProofCheckAttempt attempt, CancellationToken cancellationToken);
}

/// <summary>A check that somebody asks for.</summary>
public sealed record ProofCheckAttempt
{
    /// <summary>The profile of the claim.</summary>
    public required string Profile { get; init; }

    /// <summary>Whose claim it is.</summary>
    public required string Owner { get; init; }

    /// <summary>The domain of the claim.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The claim.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>Who asks.</summary>
    public required ClaimActor Actor { get; init; }
}

/// <summary>Whether a check is made.</summary>
public sealed record ProofCheckAdmission
{
    private ProofCheckAdmission(TimeSpan? retryAfter) => RetryAfter = retryAfter;

    /// <summary>The check is made.</summary>
    public static ProofCheckAdmission Admitted { get; } = new((TimeSpan?)null);

    /// <summary>After what time the same check may be made; <see langword="null"/> where it is made now.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The check is not made now.</summary>
    /// <param name="retryAfter">After what time asking again is worth while; above zero.</param>
    public static ProofCheckAdmission Refused(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retryAfter, TimeSpan.Zero);
        return new(retryAfter);
    }
}
