namespace DomainVerification;

/// <summary>One operation of a provisioner.</summary>
public sealed record ProvisionRequest
{
    /// <summary>The identity of the operation: the same for each try of it.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The claim that holds, or held, the domain.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>The profile of the claim.</summary>
    public required string Profile { get; init; }

    /// <summary>The owner of the claim.</summary>
    public required string Owner { get; init; }

    /// <summary>The domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>
    /// The fencing number of the holding, counted for each (profile, domain). Refuse to provision for an epoch below one that was already
    /// seen for the same profile and domain, since its holding is over; where the profile is <see cref="DomainExclusivity.Shared"/> and
    /// several claims hold at once, below one that was already seen for the same claim. The release of a lower epoch may come at any time.
    /// </summary>
    public required long Epoch { get; init; }

    /// <summary>The identities of the holding that are known so far: what a release is to remove.</summary>
    public IReadOnlyList<ProvisionedIdentity> Identities { get; init; } = [];
}
