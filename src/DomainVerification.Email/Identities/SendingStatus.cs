using System.Text.Json.Serialization;

namespace DomainVerification.Email;

/// <summary>
/// Where an identity stands. In JSON and on the wire the names are in lower case. <c>docs/email-identities.md</c> has the table of all
/// moves.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendingStatus>))]
public enum SendingStatus
{
    /// <summary>The records are to be published; no look was answered yet. Wire name <c>pending</c>.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Some required records were not found yet. Wire name <c>verifying</c>.</summary>
    [JsonStringEnumMemberName("verifying")]
    Verifying,

    /// <summary>All required records are there: the identity can send. Wire name <c>verified</c>.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>A required record that was there is gone. The identity can still send. Wire name <c>degraded</c>.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>The required records did not come in time. Verifying again starts afresh. Wire name <c>failed</c>.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The host does not let the identity send, whatever its records say. Wire name <c>suspended</c>.</summary>
    [JsonStringEnumMemberName("suspended")]
    Suspended,
}

/// <summary>How far the DKIM keys of an identity are. In JSON and on the wire the names are in upper case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DkimStatus>))]
public enum DkimStatus
{
    /// <summary>No look was answered yet. Wire name <c>NOT_STARTED</c>.</summary>
    [JsonStringEnumMemberName("NOT_STARTED")]
    NotStarted,

    /// <summary>The key was not found yet. Wire name <c>PENDING</c>.</summary>
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    /// <summary>The key that signs is published. Wire name <c>SUCCESS</c>.</summary>
    [JsonStringEnumMemberName("SUCCESS")]
    Success,

    /// <summary>The key did not come in time, or is gone. Wire name <c>FAILED</c>.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed,
}

/// <summary>How far the MAIL FROM sub-domain of an identity is. In JSON and on the wire the names are in upper case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailFromStatus>))]
public enum MailFromStatus
{
    /// <summary>The MX or the SPF record was not found yet. Wire name <c>PENDING</c>.</summary>
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    /// <summary>Both records are published. Wire name <c>SUCCESS</c>.</summary>
    [JsonStringEnumMemberName("SUCCESS")]
    Success,

    /// <summary>One of them did not come in time, or is gone. Wire name <c>FAILED</c>.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed,
}

/// <summary>Where one record stands. In JSON and on the wire the names are in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendingRecordStatus>))]
public enum SendingRecordStatus
{
    /// <summary>It was not found yet. Wire name <c>pending</c>.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>It is published. Wire name <c>verified</c>.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>It did not come in time, or is gone. Wire name <c>failed</c>.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
