using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>How far one provisioner is.</summary>
internal sealed record ClaimUpdateStep
{
    [JsonPropertyName("provisioner")]
    public required string Provisioner { get; init; }

    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("error")]
    public ErrorResource? Error { get; init; }

    public static ClaimUpdateStep Of(ProvisioningStep step) => new()
    {
        Provisioner = step.Provisioner,
        State = WireNames<ProvisioningStepState>.Of(step.State),
        Error = ErrorResource.Of(step.Error),
    };
}
