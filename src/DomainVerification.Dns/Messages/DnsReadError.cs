namespace DomainVerification.Dns;

/// <summary>Why octets are not a DNS message, and where reading ended.</summary>
/// <param name="Kind">The reason; <see cref="DnsReadErrorKind.None"/> where the message was read.</param>
/// <param name="Offset">The place of the fault, in octets from the start of the message.</param>
public readonly record struct DnsReadError(DnsReadErrorKind Kind, int Offset)
{
    /// <summary>The reason as a stable code: lower-case words joined by underscores, such as <c>bad_compression_pointer</c>.</summary>
    public string Code => Kind switch
    {
        DnsReadErrorKind.None => "none",
        DnsReadErrorKind.Truncated => "message_ends_early",
        DnsReadErrorKind.MessageTooLong => "message_too_long",
        DnsReadErrorKind.TooManyQuestions => "too_many_questions",
        DnsReadErrorKind.TooManyRecords => "too_many_records",
        DnsReadErrorKind.BadLabelType => "bad_label_type",
        DnsReadErrorKind.BadCompressionPointer => "bad_compression_pointer",
        DnsReadErrorKind.TooManyCompressionPointers => "too_many_compression_pointers",
        DnsReadErrorKind.NameTooLong => "name_too_long",
        DnsReadErrorKind.BadRecordData => "bad_record_data",
        DnsReadErrorKind.BadEdns => "bad_edns",
        DnsReadErrorKind.TrailingOctets => "trailing_octets",
        _ => "unknown",
    };

    /// <summary>The code and the place, as in <c>name_too_long at 12</c>.</summary>
    public override string ToString() => $"{Code} at {Offset}";
}
