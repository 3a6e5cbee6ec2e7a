using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A page of claims.</summary>
internal sealed record ClaimList
{
    [JsonPropertyName("claims")]
    public required IReadOnlyList<ClaimResource> Claims { get; init; }

    /// <summary>What to send as after for the next page; left out on the last page.</summary>
    [JsonPropertyName("next")]
    public string? Next { get; init; }
}
