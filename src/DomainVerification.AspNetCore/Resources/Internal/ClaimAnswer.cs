using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>What a request or an action came to.</summary>
internal sealed record ClaimAnswer
{
    [JsonPropertyName("claim")]
    public required ClaimResource Claim { get; init; }

    /// <summary>Whether this request did it; false where it was so already.</summary>
    [JsonPropertyName("changed")]
    public required bool Changed { get; init; }

    [JsonPropertyName("instructions")]
    public InstructionsResource? Instructions { get; init; }

    [JsonPropertyName("report")]
    public ReportResource? Report { get; init; }

    public static ClaimAnswer Of(DomainClaim claim, ClaimResult result) => new()
    {
        Claim = ClaimResource.Of(claim),
        Changed = result.Status == ClaimResultStatus.Done,
        Instructions = InstructionsResource.Of(result.Instructions),
        Report = ReportResource.Of(result.Report, claim),
    };
}
