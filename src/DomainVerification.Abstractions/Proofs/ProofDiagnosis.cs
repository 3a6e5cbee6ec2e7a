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
