namespace DomainVerification.Email;

/// <summary>Every code that a <see cref="RecordProblem"/> can carry.</summary>
public static class RecordProblemCodes
{
    /// <summary>There is no such record.</summary>
    public const string NotFound = "not_found";

    /// <summary>
    /// The record stands at <c>{name}.{domain}</c>, or the same with the registrable domain, since the zone's editor adds its zone to what
    /// is typed into it.
    /// </summary>
    public const string DoubledName = "doubled_name";

    /// <summary>There is a record, but with another value.</summary>
    public const string WrongValue = "wrong_value";

    /// <summary>The value has quotation marks or backslashes in it that belong to the syntax of a zone file.</summary>
    public const string EscapedValue = "escaped_value";

    /// <summary>The value breaks the rules of its kind (RFC 6376, section 3.6.1; RFC 7489, section 6.3).</summary>
    public const string MalformedValue = "malformed_value";

    /// <summary>The key is withdrawn: its <c>p=</c> is empty (RFC 6376, section 3.6.1).</summary>
    public const string KeyRevoked = "key_revoked";

    /// <summary>There are several records where exactly one must be.</summary>
    public const string MultipleValues = "multiple_values";

    /// <summary>A CNAME record at the name leads elsewhere, and hides whatever else is published there.</summary>
    public const string CnameInTheWay = "cname_in_the_way";

    /// <summary>The customer's alias is right; the host has not published the key in its own zone.</summary>
    public const string HostRecordMissing = "host_record_missing";

    /// <summary>The aliases at the name form a loop or break the rules of DNS.</summary>
    public const string AliasBroken = "alias_broken";

    /// <summary>No server could be reached or answered in time. Nothing is known about the record, and nothing counts.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The servers answered with an error. Nothing is known about the record, and nothing counts.</summary>
    public const string ServerFailure = "server_failure";

    /// <summary>The answer could not be understood. Nothing is known about the record, and nothing counts.</summary>
    public const string MalformedAnswer = "malformed_answer";
}
