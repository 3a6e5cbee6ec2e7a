using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The challenge of a claim, without its token.</summary>
internal sealed record ChallengeResource
{
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    [JsonPropertyName("recordName")]
    public required string RecordName { get; init; }

    [JsonPropertyName("generation")]
    public required int Generation { get; init; }

    [JsonPropertyName("issuedAt")]
    public required DateTimeOffset IssuedAt { get; init; }

    [JsonPropertyName("expiresAt")]
    public DateTimeOffset? ExpiresAt { get; init; }

    public static ChallengeResource Of(Challenge challenge) => new()
    {
        Method = WireNames<ProofMethod>.Of(challenge.Record.Method),
        RecordName = challenge.Record.Name,
        Generation = challenge.Generation,
        IssuedAt = challenge.IssuedAt,
        ExpiresAt = challenge.ExpiresAt,
    };
}
