using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>All that a check saw, what to do, and when we look again.</summary>
internal sealed record ReportResource
{
    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }

    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    [JsonPropertyName("fix")]
    public string? Fix { get; init; }

    [JsonPropertyName("observations")]
    public required IReadOnlyList<ObservationResource> Observations { get; init; }

    [JsonPropertyName("checkedAt")]
    public required DateTimeOffset CheckedAt { get; init; }

    [JsonPropertyName("nextCheckAt")]
    public DateTimeOffset? NextCheckAt { get; init; }

    public static ReportResource? Of(ProofReport? report, DomainClaim? claim) => report is null
        ? null
        : new ReportResource
        {
            Outcome = WireNames<ProofOutcome>.Of(report.Outcome),
            Code = report.Diagnosis.Code,
            Message = report.Diagnosis.Message,
            Fix = report.Diagnosis.Fix,
            Observations = [.. report.Observations.Select(ObservationResource.Of)],
            CheckedAt = report.CheckedAt,
            NextCheckAt = ClaimResource.NextCheck(claim),
        };
}
