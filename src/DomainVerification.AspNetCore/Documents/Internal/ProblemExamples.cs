using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Core = DomainVerification.DomainVerificationErrorCodes;
using Web = DomainVerification.AspNetCore.DomainVerificationWebErrorCodes;

namespace DomainVerification.AspNetCore.Documents.Internal;

/// <summary>For each status of an operation a problem that it really answers with.</summary>
internal static class ProblemExamples
{
    public static JsonObject Of(string operation, int status) => Of(status, CodeOf(operation, status));

    public static JsonObject Of(int status, string code) => new()
    {
        ["type"] = "about:blank",
        ["title"] = ReasonPhrases.GetReasonPhrase(status),
        ["status"] = status,
        ["detail"] = Sentence(code),
        ["code"] = code,
    };

    private static string CodeOf(string operation, int status) => (status, operation) switch
    {
        (400, "listClaims" or "listReviews") => Web.PageSizeInvalid,
        (400, _) => Web.BodyMalformed,
        (403, _) => Web.ClaimantUnknown,
        (404, "getReview" or "approveReview" or "rejectReview" or "undoTransfer") => Core.ReviewNotFound,
        (404, _) => Core.ClaimNotFound,
        (409, "requestClaim") => Core.TooManyPendingClaims,
        (409, "claimDomain") => Core.NotVerified,
        (409, "unclaimDomain") => Core.NotClaimed,
        (409, "unverifyClaim" or "deleteClaim") => Core.StillClaimed,
        (409, "cancelClaim") => Core.NotPending,
        (409, "rotateClaimToken") => Core.ClaimEnded,
        (409, "approveReview" or "rejectReview") => Core.ReviewStale,
        (409, "undoTransfer") => Core.UndoNotPossible,
        (409, _) => Core.ChallengeExpired,
        (410, _) => Web.TokenNotKept,
        (412, _) => Web.PreconditionFailed,
        (413, _) => Web.BodyTooLarge,
        (415, _) => Web.MediaTypeUnsupported,
        (422, "verifyClaim" or "confirmClaim") => Core.ProofNotFound,
        (422, "rotateClaimToken") => Core.MethodNotAllowed,
        (422, "requestClaim") => Core.DomainIsPublicSuffix,
        (422, _) => Core.DomainIsSingleLabel,
        (428, _) => Web.PreconditionRequired,
        (429, "watchClaim") => Web.TooManyStreams,
        (429, _) => Core.CheckRateLimited,
        (503, "verifyClaim" or "confirmClaim") => Core.ProofInconclusive,
        (503, _) => Core.ProfileUnknown,
        _ => throw new InvalidOperationException($"Say which problem {operation} answers {status} with."),
    };

    private static string Sentence(string code) => code switch
    {
        Web.PageSizeInvalid => "A page has from 1 to 100 entries.",
        Web.BodyMalformed => "Send a JSON object with the members that are asked for; nothing else.",
        Web.ClaimantUnknown => "You are signed in, but nothing says whom you act for.",
        Web.TokenNotKept => "The token was shown once and is not kept. Rotate it to get a fresh one.",
        Web.PreconditionFailed => "The state that If-Match names is not the present one. Read it again and decide anew.",
        Web.PreconditionRequired => "Name the state that you have seen: send its ETag as If-Match.",
        Web.BodyTooLarge => "A body has at most 16384 bytes here.",
        Web.MediaTypeUnsupported => "Send the body as application/json in UTF-8.",
        Web.TooManyStreams => "You have many streams open. Close one, or read the claim from time to time.",
        Core.ReviewNotFound => "There is no review of this claim. It was decided, has expired or was closed.",
        Core.ClaimNotFound => "There is no such claim.",
        Core.TooManyPendingClaims =>
            "As many of your domains wait for their proof as may at once, which is 100. Verify or cancel one of them first.",
        Core.NotVerified => "The domain is not verified yet. Publish the record and verify it first.",
        Core.NotClaimed => "You do not hold this domain, so there is nothing to give up.",
        Core.StillClaimed => "You hold this domain. Unclaim it before you unverify it.",
        Core.NotPending => "The domain is verified, so there is no pending request to withdraw. Unverify it instead.",
        Core.ClaimEnded => "This claim has ended. Request the domain again to make a new one.",
        Core.ReviewStale => "The case is not as it was when you read it. Read it again and decide anew.",
        Core.UndoNotPossible => "This takeover cannot be undone: the time for it is over, or the domain has changed hands since.",
        Core.ChallengeExpired => "The time to prove this claim is over. Request the domain again to get a fresh token.",
        Core.ProofNotFound => "The name _contoso-challenge.acme.com does not exist. Publish the TXT record at _contoso-challenge.acme.com.",
        Core.MethodNotAllowed => "A proof by DnsCname is not offered here. Use one of: DnsTxt.",
        Core.DomainIsPublicSuffix => "co.uk is a public suffix, under which anybody can register names. Claim a domain below it.",
        Core.DomainIsSingleLabel =>
            "\"localhost\" has one part only. Enter the whole domain name with its ending, for example example.com.",
        Core.CheckRateLimited => "There were many checks in a short time. Nothing is lost; wait a moment and check again.",
        Core.ProofInconclusive => "No DNS server answered for _contoso-challenge.acme.com in time. We look again later.",
        Core.ProfileUnknown => "There is no profile named 'sending'.",
        IdempotencyErrorCodes.KeyInvalid => "Send one Idempotency-Key: visible ASCII characters, with or without quotes.",
        IdempotencyErrorCodes.InProgress => "The first request with this key still runs.",
        IdempotencyErrorCodes.StoreUnavailable => "Whether the request ran cannot be looked up now, so it was not run.",
        IdempotencyErrorCodes.BodyTooLarge => "The body is larger than a request with a key may have.",
        _ => "This key was used for another request.",
    };
}
