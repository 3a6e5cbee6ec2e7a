using System.Text.Json.Serialization;
using DomainVerification;

namespace HuaweiLive;

/// <summary>The body of a request: table 3 of the page.</summary>
internal sealed record VerificationRequest(
    [property: JsonPropertyName("domain"), JsonRequired] string Domain,
    [property: JsonPropertyName("verify_type"), JsonRequired] string VerifyType)
{
    /// <summary>
    /// The table of the page has the names in small letters, its example in capitals. Null where a value is out of its range.
    /// </summary>
    [JsonIgnore]
    public ProofMethod? Method => (Domain, VerifyType?.ToUpperInvariant()) switch
    {
        ({ Length: >= 1 and <= 255 }, "DNS") => ProofMethod.DnsTxt,
        ({ Length: >= 1 and <= 255 }, "FILE") => ProofMethod.HttpFile,
        _ => null,
    };
}

/// <summary>The answer: table 4 of the page.</summary>
internal sealed record Verification(
    [property: JsonPropertyName("domain")] string Domain,
    [property: JsonPropertyName("verify_content")] string VerifyContent,
    [property: JsonPropertyName("verify_result")] bool VerifyResult)
{
    /// <summary>What was found; that the proof is missing, or could not be looked for, is an answer and no error.</summary>
    public static IResult Of(ClaimResult result, ChallengeInstructions? instructions) => result switch
    {
        { Error: null } or { Status: ClaimResultStatus.NotProved or ClaimResultStatus.Inconclusive } when instructions is not null =>
            Results.Json(new Verification(result.Claim!.Domain.Value, instructions.RecordValue, result.Claim.Status.IsProved)),
        { Error: { } error } => Errors.Of(error, result.RetryAfter),
        _ => Results.StatusCode(StatusCodes.Status500InternalServerError),
    };
}
