using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>
/// A claim as its owner sees it on the wire. What is not named here stays inside: the token in any form, the owner, the epoch, the other
/// side of a takeover, the properties of the host, and who changed the claim last, which may be an operator.
/// </summary>
internal sealed record ClaimResource
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("domain")]
    public required string Domain { get; init; }

    [JsonPropertyName("domainUnicode")]
    public required string DomainUnicode { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("version")]
    public required long Version { get; init; }

    [JsonPropertyName("challenge")]
    public required ChallengeResource Challenge { get; init; }

    [JsonPropertyName("attempts")]
    public required int Attempts { get; init; }

    [JsonPropertyName("proof")]
    public ProofResource? Proof { get; init; }

    [JsonPropertyName("lastCheck")]
    public CheckResource? LastCheck { get; init; }

    /// <summary>When we look again by ourselves.</summary>
    [JsonPropertyName("nextCheckAt")]
    public DateTimeOffset? NextCheckAt { get; init; }

    [JsonPropertyName("health")]
    public HealthResource? Health { get; init; }

    [JsonPropertyName("transfer")]
    public TransferResource? Transfer { get; init; }

    [JsonPropertyName("provisioningError")]
    public ErrorResource? ProvisioningError { get; init; }

    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("modifiedAt")]
    public required DateTimeOffset ModifiedAt { get; init; }

    public static ClaimResource Of(DomainClaim claim) => new()
    {
        Id = claim.Id.ToString(),
        Domain = claim.Domain.Value,
        DomainUnicode = claim.Domain.Unicode,
        Status = WireNames<ClaimStatus>.Of(claim.Status),
        Version = claim.Version,
        Challenge = ChallengeResource.Of(claim.Challenge),
        Attempts = claim.Attempts,
        Proof = ProofResource.Of(claim.Proof),
        LastCheck = CheckResource.Of(claim.LastCheck),
        NextCheckAt = NextCheck(claim),
        Health = HealthResource.Of(claim.Health),
        Transfer = TransferResource.Of(claim.Transfer),
        ProvisioningError = ErrorResource.Of(claim.ProvisioningError),
        CreatedAt = claim.CreatedAt,
        ModifiedAt = claim.ModifiedAt,
    };

    /// <summary>When the worker looks for the proof again. It also comes to let a challenge run out, which is no look.</summary>
    public static DateTimeOffset? NextCheck(DomainClaim? claim) =>
        claim is { Status: ClaimStatus.Pending, DueAt: { } due } && !(due >= claim.Challenge.ExpiresAt) ? due : null;
}
