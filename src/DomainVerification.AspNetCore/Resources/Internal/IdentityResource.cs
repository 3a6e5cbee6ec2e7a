using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>Something that was made for the holder of a domain.</summary>
internal sealed record IdentityResource
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("provisioner")]
    public required string Provisioner { get; init; }

    /// <summary>How it is now, in the words of its provisioner; left out where that does not know.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>What else its provisioner knows of it.</summary>
    [JsonPropertyName("details")]
    public IReadOnlyDictionary<string, string>? Details { get; init; }

    [JsonPropertyName("checkedAt")]
    public DateTimeOffset? CheckedAt { get; init; }

    [JsonPropertyName("nextCheckAt")]
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>What has to be published for it now; what it was made with, where its provisioner does not know.</summary>
    [JsonPropertyName("records")]
    public required IReadOnlyList<IdentityRecordResource> Records { get; init; }

    public static IdentityResource Of(ProvisionedIdentity identity, IdentityStatus? now) => new()
    {
        Id = identity.Id,
        Kind = identity.Kind,
        Provisioner = identity.Provisioner,
        Status = now?.Status,
        Details = now is { Details.Count: > 0 } ? now.Details : null,
        CheckedAt = now?.CheckedAt,
        NextCheckAt = now?.NextCheckAt,
        Records = now is null
            ? [.. identity.Records.Select(record => IdentityRecordResource.Of(record))]
            : [.. now.Records.Select(record => IdentityRecordResource.Of(record.Record, record))],
    };
}
