using System.Text.Json.Serialization;

namespace DomainVerification.Email;

/// <summary>What an identity sends. In JSON and on the wire: <c>marketing</c>, <c>transactional</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendingKind>))]
public enum SendingKind
{
    /// <summary>Bulk mail; wire name <c>marketing</c>.</summary>
    [JsonStringEnumMemberName("marketing")]
    Marketing,

    /// <summary>Mail that answers to something a person did; wire name <c>transactional</c>.</summary>
    [JsonStringEnumMemberName("transactional")]
    Transactional,
}
