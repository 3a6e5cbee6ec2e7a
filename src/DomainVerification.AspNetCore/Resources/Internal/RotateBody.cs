using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A request for a fresh token.</summary>
internal sealed record RotateBody
{
    /// <summary>How the new proof is to be published; as before where left out.</summary>
    [JsonPropertyName("method")]
    public string? Method { get; init; }
}
