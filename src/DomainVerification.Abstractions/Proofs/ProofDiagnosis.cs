namespace DomainVerification;

/// <summary>Why a check ended as it did.</summary>
/// <param name="Code">One of <see cref="ProofDiagnosisCodes"/>.</param>
/// <param name="Message">What was seen, as an English sentence.</param>
/// <param name="Fix">What to do about it, as an English sentence; <see langword="null"/> where there is nothing to do.</param>
public sealed record ProofDiagnosis(string Code, string Message, string? Fix = null);

/// <summary>The codes of a <see cref="ProofDiagnosis"/>. <c>docs/refusals.md</c> lists them with their fixes.</summary>
public static class ProofDiagnosisCodes
{
    /// <summary>The proof is published.</summary>
    public const string Proved = "proved";

    /// <summary>The name of the record does not exist, or has no record of the type.</summary>
    public const string RecordNotFound = "record_not_found";

    /// <summary>There are records, and none holds the token.</summary>
    public const string ValueMismatch = "value_mismatch";

    /// <summary>The value has quotation marks, straight or typographic, or backslashes in it.</summary>
    public const string ValueQuoted = "value_quoted";

    /// <summary>The value has white space in it that does not belong there.</summary>
    public const string ValueSpaced = "value_spaced";

    /// <summary>The token is there in other upper and lower case.</summary>
    public const string ValueCaseChanged = "value_case_changed";

    /// <summary>Only the beginning of the token is there.</summary>
    public const string ValueCut = "value_cut";

    /// <summary>The token is spread over several records.</summary>
    public const string ValueSplit = "value_split";

    /// <summary>The record stands at its name with the domain added once more, as editors do that add it by themselves.</summary>
    public const string RecordNameDoubled = "record_name_doubled";

    /// <summary>The record stands at the domain itself, without its label.</summary>
    public const string RecordAtDomain = "record_at_domain";

    /// <summary>The record stands at another name close by: without the underscore, or under the domain above or below.</summary>
    public const string RecordAtOtherName = "record_at_other_name";

    /// <summary>A CNAME record at the name, or a wildcard above it, sends the name elsewhere, where no token is.</summary>
    public const string CnameInTheWay = "cname_in_the_way";

    /// <summary>A DNAME record above the name sends it elsewhere, where no token is (RFC 6672).</summary>
    public const string DnameInTheWay = "dname_in_the_way";

    /// <summary>The records are those of a wildcard (RFC 4592), which answers for every name.</summary>
    public const string WildcardAnswer = "wildcard_answer";

    /// <summary>The registrable domain does not exist in DNS: not registered, lapsed, or not delegated.</summary>
    public const string DomainNotFound = "domain_not_found";

    /// <summary>The only token that was found belongs to an earlier challenge.</summary>
    public const string TokenSpent = "token_spent";

    /// <summary>The alias of a delegated challenge points somewhere else.</summary>
    public const string DelegationMismatch = "delegation_mismatch";

    /// <summary>The aliases at the name form a loop, are too many, or break the rules of DNS.</summary>
    public const string AliasBroken = "alias_broken";

    /// <summary>The answer holds more records, or larger ones, than any proof needs.</summary>
    public const string AnswerTooLarge = "answer_too_large";

    /// <summary>Every server that was asked failed (SERVFAIL): often broken DNSSEC, or name servers that cannot be reached.</summary>
    public const string ServerFailure = "server_failure";

    /// <summary>Every server that was asked refused to answer.</summary>
    public const string ServerRefused = "server_refused";

    /// <summary>No server answered in time.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>No server could be reached.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The answers could not be understood.</summary>
    public const string MalformedAnswer = "malformed_answer";
}
