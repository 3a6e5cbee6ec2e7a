using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>That control was proved, when, and by what.</summary>
internal sealed record ProofResource
{
    [JsonPropertyName("firstProvedAt")]
    public required DateTimeOffset FirstProvedAt { get; init; }

    [JsonPropertyName("provedAt")]
    public required DateTimeOffset ProvedAt { get; init; }

    [JsonPropertyName("evidence")]
    public EvidenceResource? Evidence { get; init; }

    public static ProofResource? Of(ClaimProof? proof) => proof is null
        ? null
        : new ProofResource
        {
            FirstProvedAt = proof.FirstProvedAt,
            ProvedAt = proof.ProvedAt,
            Evidence = EvidenceResource.Of(proof.Evidence),
        };
}
