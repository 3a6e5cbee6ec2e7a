using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A request for a domain. Who asks is not the body's to say.</summary>
internal sealed record ClaimRequestBody
{
    /// <summary>The domain as the customer typed it.</summary>
    [JsonPropertyName("domain")]
    public required string Domain { get; init; }

    /// <summary>How the proof is to be published: dns_txt or dns_cname; the first that is offered where left out.</summary>
    [JsonPropertyName("method")]
    public string? Method { get; init; }
}
