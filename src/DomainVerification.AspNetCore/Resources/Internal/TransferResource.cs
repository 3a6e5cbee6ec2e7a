using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The takeover of a domain, as its claimant may see it: without the other side, and without who decided.</summary>
internal sealed record TransferResource
{
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("openedAt")]
    public required DateTimeOffset OpenedAt { get; init; }

    [JsonPropertyName("reasons")]
    public required IReadOnlyList<string> Reasons { get; init; }

    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    [JsonPropertyName("decidedAt")]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the person who decided wrote for the claimant.</summary>
    [JsonPropertyName("decisionReason")]
    public string? DecisionReason { get; init; }

    public static TransferResource? Of(ClaimTransfer? transfer) => transfer is null
        ? null
        : new TransferResource
        {
            State = WireNames<TransferState>.Of(transfer.State),
            OpenedAt = transfer.OpenedAt,
            Reasons = transfer.Reasons,
            Until = transfer.Until,
            DecidedAt = transfer.Verdict?.At,
            DecisionReason = transfer.Verdict?.Reason,
        };
}
