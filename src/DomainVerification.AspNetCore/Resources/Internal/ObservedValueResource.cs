using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>A value that was seen where the proof should be.</summary>
internal sealed record ObservedValueResource
{
    [JsonPropertyName("verdict")]
    public required string Verdict { get; init; }

    /// <summary>The value; left out where it is the proof, so that the token stays in the instructions.</summary>
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    public static ObservedValueResource Of(ObservedValue value) => new()
    {
        Verdict = WireNames<ObservedVerdict>.Of(value.Verdict),
        Text = value.Verdict == ObservedVerdict.Match ? null : value.Text,
    };
}
