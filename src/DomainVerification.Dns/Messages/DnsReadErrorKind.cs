namespace DomainVerification.Dns;

/// <summary>Why octets are not a DNS message.</summary>
public enum DnsReadErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The octets end before the message does, or a count or length promises more than there is.</summary>
    Truncated,

    /// <summary>More than 65,535 octets.</summary>
    MessageTooLong,

    /// <summary>More than one question (RFC 9619).</summary>
    TooManyQuestions,

    /// <summary>More records than <see cref="DnsMessageReader.MaxRecords"/>.</summary>
    TooManyRecords,

    /// <summary>A label that is neither a label nor a compression pointer.</summary>
    BadLabelType,

    /// <summary>A compression pointer that does not point strictly backwards, or points into the header.</summary>
    BadCompressionPointer,

    /// <summary>More compression pointers in one name than <see cref="DnsMessageReader.MaxPointersPerName"/>.</summary>
    TooManyCompressionPointers,

    /// <summary>A name of more than 255 octets (RFC 1035, section 2.3.4).</summary>
    NameTooLong,

    /// <summary>The data of a record does not fit its type or its length field.</summary>
    BadRecordData,

    /// <summary>
    /// An OPT record that is not alone, not in the additional section, not at the root, or has malformed or too many options.
    /// </summary>
    BadEdns,

    /// <summary>Octets after the last record.</summary>
    TrailingOctets,
}
