using System.Text.Json.Serialization;

namespace DomainVerification.Email;

/// <summary>What a record is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendingRecordPurpose>))]
public enum SendingRecordPurpose
{
    /// <summary>The public half of a DKIM key, or the alias that leads to it.</summary>
    Dkim,

    /// <summary>The host that takes bounces.</summary>
    MailFromMx,

    /// <summary>Who may send with the MAIL FROM sub-domain (SPF).</summary>
    MailFromSpf,

    /// <summary>The host that branded links lead to.</summary>
    Tracking,

    /// <summary>What receivers shall do with mail that fails (DMARC).</summary>
    Dmarc,
}

/// <summary>A record that the customer publishes for an identity.</summary>
public sealed record SendingRecord
{
    /// <summary>The type: <c>CNAME</c>, <c>TXT</c> or <c>MX</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The absolute name, without a final dot.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The value: for TXT the whole text, which is cut into strings of 255 octets in a zone; for the others a host name without a final
    /// dot.
    /// </summary>
    public required string Value { get; init; }

    /// <summary>The preference of an MX record; <see langword="null"/> for other types.</summary>
    public int? Priority { get; init; }

    /// <summary>Where the record stands.</summary>
    public required SendingRecordStatus Status { get; init; }

    /// <summary>What it is for.</summary>
    public required SendingRecordPurpose Purpose { get; init; }

    /// <summary>Whether the identity is verified without it: tracking, DMARC, and keys that do not sign now.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>For <see cref="SendingRecordPurpose.Dkim"/>: the selector.</summary>
    public string? Selector { get; init; }

    /// <summary>What the newest look found wrong; <see langword="null"/> where nothing, or before the first.</summary>
    public RecordProblem? Problem { get; init; }

    /// <summary>When the record was last looked for and an answer came, UTC.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When the record was last found, UTC.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>
    /// After when the customer can remove it, UTC: it belongs to a key that was replaced. Otherwise <see langword="null"/>.
    /// </summary>
    public DateTimeOffset? RemoveAfter { get; init; }
}

/// <summary>What is wrong with a record.</summary>
/// <param name="Code">One of <see cref="RecordProblemCodes"/>.</param>
/// <param name="Message">An English sentence that says what was found.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Seen">
/// The values at the name, at most 4, cut to 256 characters each and without control characters. Behind an alias of the customer's own
/// nothing is shown: it may lead to names that only the host's resolver sees.
/// </param>
public sealed record RecordProblem(string Code, string Message, string Fix, IReadOnlyList<string> Seen);
