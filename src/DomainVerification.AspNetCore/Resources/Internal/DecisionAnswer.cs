using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>What a decision about a takeover came to.</summary>
internal sealed record DecisionAnswer
{
    [JsonPropertyName("claim")]
    public required ClaimResource Claim { get; init; }

    /// <summary>For an undo: the claim of the former holder that holds now.</summary>
    [JsonPropertyName("restoredClaim")]
    public string? RestoredClaim { get; init; }
}
