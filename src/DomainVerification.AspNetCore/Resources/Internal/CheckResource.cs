using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The newest check of a claim.</summary>
internal sealed record CheckResource
{
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }

    [JsonPropertyName("code")]
    public required string Code { get; init; }

    public static CheckResource? Of(ClaimCheck? check) => check is null
        ? null
        : new CheckResource { At = check.At, Outcome = WireNames<ProofOutcome>.Of(check.Outcome), Code = check.Code };
}
