using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>One event of a claim's live progress: the whole claim as it is then, so that no event needs the one before.</summary>
internal sealed record ClaimUpdate
{
    [JsonPropertyName("claim")]
    public required ClaimResource Claim { get; init; }

    /// <summary>How far the identities of the present holding are, by provisioner.</summary>
    [JsonPropertyName("provisioning")]
    public required IReadOnlyList<ClaimUpdateStep> Provisioning { get; init; }

    public static ClaimUpdate Of(DomainClaim claim) => new()
    {
        Claim = ClaimResource.Of(claim),
        Provisioning = [.. claim.Provisioning.Select(ClaimUpdateStep.Of)],
    };
}
