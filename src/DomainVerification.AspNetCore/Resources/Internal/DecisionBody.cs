using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A decision about a takeover.</summary>
internal sealed record DecisionBody
{
    /// <summary>Why, for the owner whose claim is decided about: at most 1,024 characters.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }
}
