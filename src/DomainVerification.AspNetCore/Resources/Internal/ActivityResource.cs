using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>What the host knew of the holder's use of a domain.</summary>
internal sealed record ActivityResource
{
    [JsonPropertyName("lastUsedAt")]
    public DateTimeOffset? LastUsedAt { get; init; }

    [JsonPropertyName("pendingWork")]
    public required int PendingWork { get; init; }

    [JsonPropertyName("recentUses")]
    public required long RecentUses { get; init; }
}
