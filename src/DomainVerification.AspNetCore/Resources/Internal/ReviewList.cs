using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A page of cases.</summary>
internal sealed record ReviewList
{
    [JsonPropertyName("reviews")]
    public required IReadOnlyList<ReviewResource> Reviews { get; init; }

    /// <summary>What to send as after for the next page; left out on the last page.</summary>
    [JsonPropertyName("next")]
    public string? Next { get; init; }
}
