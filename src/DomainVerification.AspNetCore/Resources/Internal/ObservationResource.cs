using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>One question of a check and its answer.</summary>
internal sealed record ObservationResource
{
    [JsonPropertyName("server")]
    public required string Server { get; init; }

    [JsonPropertyName("transport")]
    public required string Transport { get; init; }

    [JsonPropertyName("question")]
    public required string Question { get; init; }

    [JsonPropertyName("answer")]
    public required string Answer { get; init; }

    [JsonPropertyName("values")]
    public required IReadOnlyList<ObservedValueResource> Values { get; init; }

    [JsonPropertyName("standing")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Standing { get; init; }

    [JsonPropertyName("serial")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Serial { get; init; }

    [JsonPropertyName("elapsedMilliseconds")]
    public required double ElapsedMilliseconds { get; init; }

    public static ObservationResource Of(ProofObservation observation) => new()
    {
        Server = observation.Server,
        Transport = observation.Transport,
        Question = observation.Question,
        Answer = observation.Answer,
        Values = [.. observation.Values.Select(ObservedValueResource.Of)],
        Standing = observation.Standing,
        Serial = observation.Serial,
        ElapsedMilliseconds = observation.Elapsed.TotalMilliseconds,
    };
}
