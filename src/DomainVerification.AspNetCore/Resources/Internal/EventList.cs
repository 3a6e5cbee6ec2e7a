using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The audit trail of a claim, oldest first.</summary>
internal sealed record EventList
{
    [JsonPropertyName("events")]
    public required IReadOnlyList<EventResource> Events { get; init; }
}
