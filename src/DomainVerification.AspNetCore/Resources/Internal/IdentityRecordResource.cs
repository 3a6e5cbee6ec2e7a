using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A record that an identity needs.</summary>
internal sealed record IdentityRecordResource
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("value")]
    public required string Value { get; init; }

    [JsonPropertyName("priority")]
    public int? Priority { get; init; }

    /// <summary>How it is now; left out, as all below, where the provisioner does not know.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("purpose")]
    public string? Purpose { get; init; }

    [JsonPropertyName("optional")]
    public bool? IsOptional { get; init; }

    [JsonPropertyName("checkedAt")]
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What the newest look found wrong.</summary>
    [JsonPropertyName("problem")]
    public ErrorResource? Problem { get; init; }

    /// <summary>What to do about it.</summary>
    [JsonPropertyName("fix")]
    public string? Fix { get; init; }

    public static IdentityRecordResource Of(IdentityRecord record, IdentityRecordStatus? now = null) => new()
    {
        Type = record.Type,
        Name = record.Name,
        Value = record.Value,
        Priority = record.Priority,
        Status = now?.Status,
        Purpose = now?.Purpose,
        IsOptional = now?.IsOptional,
        CheckedAt = now?.CheckedAt,
        Problem = ErrorResource.Of(now?.Problem),
        Fix = now?.Fix,
    };
}
