using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>How far the identities of a claim are.</summary>
internal sealed record ProvisioningResource
{
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("steps")]
    public required IReadOnlyList<ProvisioningStepResource> Steps { get; init; }

    public static ProvisioningResource Of(ProvisioningProgress progress) => new()
    {
        Status = WireNames<ClaimStatus>.Of(progress.Status),
        Steps =
        [
            .. progress.Steps.Select(step => new ProvisioningStepResource
            {
                Provisioner = step.Provisioner,
                Kind = WireNames<ClaimWorkKind>.Of(step.Kind),
                State = WireNames<ProvisioningStepState>.Of(step.State),
                Attempts = step.Attempts,
                NextTryAt = step.NextTryAt,
                Error = ErrorResource.Of(step.Error),
            }),
        ],
    };
}
