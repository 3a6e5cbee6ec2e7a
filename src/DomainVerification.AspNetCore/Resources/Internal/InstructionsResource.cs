using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>
/// What the customer must publish: the only answer that holds the token. What the host itself must publish for a delegated challenge is
/// not the customer's, and is left out.
/// </summary>
internal sealed record InstructionsResource
{
    [JsonPropertyName("recordType")]
    public required string RecordType { get; init; }

    /// <summary>The whole name.</summary>
    [JsonPropertyName("recordName")]
    public required string RecordName { get; init; }

    /// <summary>The name for consoles that add the zone themselves.</summary>
    [JsonPropertyName("relativeName")]
    public required string RelativeName { get; init; }

    [JsonPropertyName("zone")]
    public required string Zone { get; init; }

    [JsonPropertyName("recordValue")]
    public required string RecordValue { get; init; }

    [JsonPropertyName("ttlSeconds")]
    public required long TtlSeconds { get; init; }

    [JsonPropertyName("expiresAt")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Present where the proof is a file; the members above then say the same in their own words.</summary>
    [JsonPropertyName("file")]
    public FileResource? File { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    public static InstructionsResource? Of(ChallengeInstructions? instructions) => instructions is null
        ? null
        : new InstructionsResource
        {
            RecordType = instructions.RecordType,
            RecordName = instructions.RecordName,
            RelativeName = instructions.RelativeName,
            Zone = instructions.Zone.Value,
            RecordValue = instructions.RecordValue,
            TtlSeconds = (long)instructions.TimeToLive.TotalSeconds,
            ExpiresAt = instructions.ExpiresAt,
            File = FileResource.Of(instructions.File),
            Text = instructions.Text,
        };

    /// <summary>Leaves out the value, so that it can be logged.</summary>
    public override string ToString() => $"{RecordType} {RecordName}";
}
