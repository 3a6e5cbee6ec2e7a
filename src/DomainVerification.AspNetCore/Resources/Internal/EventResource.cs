using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>One entry of the audit trail of a claim, as its owner may see it.</summary>
internal sealed record EventResource
{
    /// <summary>
    /// What only the owner's own users cause. Whoever else acts on a claim, such as a reviewer, is not named to its owner.
    /// </summary>
    private static readonly FrozenSet<string> _ownersMoves = FrozenSet.ToFrozenSet(
        [
            ClaimEventTypes.Requested,
            ClaimEventTypes.Verified,
            ClaimEventTypes.Reverified,
            ClaimEventTypes.Claimed,
            ClaimEventTypes.Unclaimed,
            ClaimEventTypes.Unverified,
            ClaimEventTypes.Canceled,
            ClaimEventTypes.TokenRotated,
            ClaimEventTypes.MethodChanged,
            ClaimEventTypes.ProvisioningRetried,
            ClaimEventTypes.TransferWaiting,
            ClaimEventTypes.ReviewOpened,
            ClaimEventTypes.Recovered,
        ],
        StringComparer.Ordinal);

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The version of the claim after the move.</summary>
    [JsonPropertyName("version")]
    public required long Version { get; init; }

    [JsonPropertyName("from")]
    public string? From { get; init; }

    [JsonPropertyName("to")]
    public required string To { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("actor")]
    public required ActorResource Actor { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("evidence")]
    public EvidenceResource? Evidence { get; init; }

    public static EventResource Of(ClaimEvent entry) => new()
    {
        Id = entry.Id.ToString("D"),
        Type = entry.Type,
        Version = entry.ClaimVersion,
        From = entry.From is { } from ? WireNames<ClaimStatus>.Of(from) : null,
        To = WireNames<ClaimStatus>.Of(entry.To),
        At = entry.At,
        Actor = ActorOf(entry),
        Reason = entry.Reason,
        Evidence = EvidenceResource.Of(entry.Evidence),
    };

    private static ActorResource ActorOf(ClaimEvent entry) => entry switch
    {
        { Actor.Kind: ClaimActorKind.System } => new ActorResource { Kind = "system" },
        _ when _ownersMoves.Contains(entry.Type) => new ActorResource { Kind = "user", Id = entry.Actor.Id },
        _ => new ActorResource { Kind = "operator" },
    };
}
