using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The identities of the present holding.</summary>
internal sealed record IdentityList
{
    [JsonPropertyName("identities")]
    public required IReadOnlyList<IdentityResource> Identities { get; init; }
}
