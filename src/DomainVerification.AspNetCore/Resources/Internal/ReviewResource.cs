using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A takeover that waits for a decision, for operators. The holder is masked.</summary>
internal sealed record ReviewResource
{
    [JsonPropertyName("claim")]
    public required string Claim { get; init; }

    [JsonPropertyName("version")]
    public required long Version { get; init; }

    [JsonPropertyName("profile")]
    public required string Profile { get; init; }

    [JsonPropertyName("domain")]
    public required string Domain { get; init; }

    [JsonPropertyName("claimant")]
    public required string Claimant { get; init; }

    [JsonPropertyName("claimantProof")]
    public ProofResource? ClaimantProof { get; init; }

    [JsonPropertyName("maskedHolder")]
    public required string MaskedHolder { get; init; }

    [JsonPropertyName("holderClaim")]
    public required string HolderClaim { get; init; }

    [JsonPropertyName("holderCheck")]
    public CheckResource? HolderCheck { get; init; }

    [JsonPropertyName("holderEvidence")]
    public EvidenceResource? HolderEvidence { get; init; }

    [JsonPropertyName("activity")]
    public required ActivityResource Activity { get; init; }

    [JsonPropertyName("reasons")]
    public required IReadOnlyList<string> Reasons { get; init; }

    [JsonPropertyName("openedAt")]
    public required DateTimeOffset OpenedAt { get; init; }

    [JsonPropertyName("expiresAt")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [JsonPropertyName("state")]
    public required string State { get; init; }

    public static ReviewResource Of(TransferReview review) => new()
    {
        Claim = review.Claim.ToString(),
        Version = review.Version,
        Profile = review.Profile,
        Domain = review.Domain.Value,
        Claimant = review.Claimant,
        ClaimantProof = ProofResource.Of(review.ClaimantProof),
        MaskedHolder = review.MaskedHolder,
        HolderClaim = review.HolderClaim.ToString(),
        HolderCheck = CheckResource.Of(review.HolderCheck),
        HolderEvidence = EvidenceResource.Of(review.HolderEvidence),
        Activity = new ActivityResource
        {
            LastUsedAt = review.Activity.LastUsedAt,
            PendingWork = review.Activity.PendingWork,
            RecentUses = review.Activity.RecentUses,
        },
        Reasons = review.Reasons,
        OpenedAt = review.OpenedAt,
        ExpiresAt = review.ExpiresAt,
        State = WireNames<TransferReviewState>.Of(review.State),
    };
}
