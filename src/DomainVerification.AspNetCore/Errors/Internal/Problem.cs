using System.Text.Json.Serialization;
using DomainVerification.AspNetCore.Resources.Internal;

namespace DomainVerification.AspNetCore.Errors.Internal;

/// <summary>Problem details (RFC 9457) with the members that the endpoints add.</summary>
internal sealed record Problem
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The phrase of the status.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status")]
    public required int Status { get; init; }

    /// <summary>The sentence for the customer.</summary>
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }

    /// <summary>The stable code.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>The claim as it is now, where the owner has one.</summary>
    [JsonPropertyName("claim")]
    public ClaimResource? Claim { get; init; }

    /// <summary>What a check saw, where one was made.</summary>
    [JsonPropertyName("report")]
    public ReportResource? Report { get; init; }
}
