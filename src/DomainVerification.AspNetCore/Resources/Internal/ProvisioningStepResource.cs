using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>One step towards the identities of a holding.</summary>
internal sealed record ProvisioningStepResource
{
    [JsonPropertyName("provisioner")]
    public required string Provisioner { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("attempts")]
    public required int Attempts { get; init; }

    [JsonPropertyName("nextTryAt")]
    public DateTimeOffset? NextTryAt { get; init; }

    [JsonPropertyName("error")]
    public ErrorResource? Error { get; init; }
}
