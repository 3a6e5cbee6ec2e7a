using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>What a proof rests on. The digest of the value and the aliases, which may hold the token, stay inside.</summary>
internal sealed record EvidenceResource
{
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    [JsonPropertyName("recordName")]
    public required string RecordName { get; init; }

    [JsonPropertyName("server")]
    public required string Server { get; init; }

    [JsonPropertyName("ttlSeconds")]
    public required long TtlSeconds { get; init; }

    [JsonPropertyName("observedAt")]
    public required DateTimeOffset ObservedAt { get; init; }

    public static EvidenceResource? Of(ProofEvidence? evidence) => evidence is null
        ? null
        : new EvidenceResource
        {
            Method = WireNames<ProofMethod>.Of(evidence.Method),
            RecordName = evidence.RecordName,
            Server = evidence.Server,
            TtlSeconds = (long)evidence.TimeToLive.TotalSeconds,
            ObservedAt = evidence.ObservedAt,
        };
}
