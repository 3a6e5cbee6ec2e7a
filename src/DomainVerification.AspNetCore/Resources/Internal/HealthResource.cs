using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>Whether a watched proof still stands.</summary>
internal sealed record HealthResource
{
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    [JsonPropertyName("misses")]
    public required int Misses { get; init; }

    [JsonPropertyName("missingSince")]
    public DateTimeOffset? MissingSince { get; init; }

    public static HealthResource? Of(ClaimHealth? health) => health is null
        ? null
        : new HealthResource
        {
            State = WireNames<ProofHealth>.Of(health.State),
            Since = health.Since,
            Misses = health.Misses,
            MissingSince = health.MissingSince,
        };
}
