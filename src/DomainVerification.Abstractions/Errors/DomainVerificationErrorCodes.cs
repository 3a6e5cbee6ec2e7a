namespace DomainVerification;

/// <summary>
/// Every code that a <see cref="DomainVerificationError"/> can carry. The table in <c>docs/refusals.md</c> lists each with the input that
/// causes it and its message.
/// </summary>
public static class DomainVerificationErrorCodes
{
    /// <summary>No name was given, or only white space.</summary>
    public const string DomainEmpty = "domain_empty";

    /// <summary>A web address was given (<c>https://acme.com</c>) where a bare name is wanted.</summary>
    public const string DomainIsUrl = "domain_is_url";

    /// <summary>An e-mail address was given (<c>jo@acme.com</c>) where a bare name is wanted.</summary>
    public const string DomainIsEmail = "domain_is_email";

    /// <summary>The name carries a port (<c>acme.com:8080</c>).</summary>
    public const string DomainHasPort = "domain_has_port";

    /// <summary>The name carries a path, a query or a fragment (<c>acme.com/shop</c>).</summary>
    public const string DomainHasPath = "domain_has_path";

    /// <summary>The name holds white space.</summary>
    public const string DomainHasSpace = "domain_has_space";

    /// <summary>A wildcard (<c>*.acme.com</c>) was given where a bare name is wanted.</summary>
    public const string DomainIsWildcard = "domain_is_wildcard";

    /// <summary>The name is an IP address, also one written with full-width digits or other characters that fold to digits.</summary>
    public const string DomainIsIpAddress = "domain_is_ip_address";

    /// <summary>The name has one label only (<c>localhost</c>, <c>com</c>).</summary>
    public const string DomainIsSingleLabel = "domain_is_single_label";

    /// <summary>The last label is all digits, so the name can be taken for an IP address.</summary>
    public const string DomainEndsInNumber = "domain_ends_in_number";

    /// <summary>Two dots in a row, or a leading dot.</summary>
    public const string DomainHasEmptyLabel = "domain_has_empty_label";

    /// <summary>The name is longer than 253 characters in its ASCII form (RFC 1035, section 2.3.4).</summary>
    public const string DomainTooLong = "domain_too_long";

    /// <summary>A label is longer than 63 characters in its ASCII form (RFC 1035, section 2.3.4).</summary>
    public const string DomainLabelTooLong = "domain_label_too_long";

    /// <summary>The name holds a character that no host name may hold (UTS #46, STD3 rules).</summary>
    public const string DomainHasInvalidCharacter = "domain_has_invalid_character";

    /// <summary>A label starts or ends with a hyphen, or has hyphens in its third and fourth place without being an A-label.</summary>
    public const string DomainHasBadHyphen = "domain_has_bad_hyphen";

    /// <summary>An <c>xn--</c> label does not decode to a valid, normalised Unicode label.</summary>
    public const string DomainHasInvalidPunycode = "domain_has_invalid_punycode";

    /// <summary>The name mixes writing directions in a way that RFC 5893 forbids.</summary>
    public const string DomainBreaksBidiRule = "domain_breaks_bidi_rule";

    /// <summary>
    /// The process runs without Unicode data (invariant globalization), so a name beyond ASCII cannot be judged. A fault of the host, not
    /// of the customer.
    /// </summary>
    public const string DomainNeedsUnicodeData = "domain_needs_unicode_data";
}
