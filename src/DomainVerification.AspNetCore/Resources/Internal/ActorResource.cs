using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>Who caused an event: a user of the owner, the system, or an operator, who is not named.</summary>
internal sealed record ActorResource
{
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }
}
