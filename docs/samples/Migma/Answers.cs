using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.Email;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Migma.Wire;

namespace Migma;

/// <summary>Puts what the SDK answers into Migma's envelopes.</summary>
internal static class Answers
{
    private const string Claimable = "DOMAIN_CLAIMABLE";

    public static IResult Ok<T>(T data) => Results.Json(new ApiResponse<T>(true, data));

    public static IResult Challenge(string? domain, ClaimResult result) => result is { Error: null, Claim: { } claim, Instructions: { } publish }
        ? Ok(new DomainClaimChallenge(publish.Text, claim.Domain.Value, DnsRecord.Of(claim, publish)))
        : Refused(domain, result.Error!);

    public static IResult Identities(string domain, string message, SendingIdentityResult result) => result switch
    {
        { Error: { } error } => Refused(domain, error),
        { Identities: [] } => Refused(domain, new DomainVerificationError("not_claimed", "The domain is not yours yet. Claim it first.")),
        { Identities: var made } => Ok(new DomainClaimResult(
            message,
            SendingDomain.Of(made.First(identity => identity.Kind == SendingKind.Marketing)),
            SendingDomain.Of(made.First(identity => identity.Kind == SendingKind.Transactional)))),
    };

    /// <summary>Confirm documents no 404: a claim that was never initiated is a bad request of it.</summary>
    public static IResult Unclaimed(string domain, DomainVerificationError error) =>
        Results.Json(Error(domain, error), statusCode: Status(error.Code) is 404 ? 400 : Status(error.Code));

    public static IResult Deleted(string domain, ClaimResult result) => result.Error is { } error
        ? Refused(domain, error)
        : Ok(new DomainDeleted(result.RequireClaim().Domain.Value, true));

    /// <summary>Refusals of an Idempotency-Key.</summary>
    public static Task WriteRefusalAsync(HttpContext context, IdempotencyRefusal refusal) => context.Response.WriteAsJsonAsync(
        new ApiError($"{refusal.Title}. {refusal.Detail}", refusal.Code.ToUpperInvariant()),
        context.RequestAborted);

    /// <summary>Whatever the framework refuses without a body: no key, no permission, no such path, a body that is no JSON.</summary>
    public static Task WriteStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var error = status switch
        {
            400 => "The body must be a JSON object with the member domain.",
            401 => "Send your API key: Authorization: Bearer YOUR_API_KEY.",
            403 => "This API key lacks a permission that the call needs.",
            _ => ReasonPhrases.GetReasonPhrase(status) + ".",
        };
        return context.HttpContext.Response.WriteAsJsonAsync(
            new ApiError(error, ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_')),
            context.HttpContext.RequestAborted);
    }

    public static Task WriteFaultAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new ApiError("Something went wrong here. Try again later.", "INTERNAL_SERVER_ERROR"),
        context.RequestAborted);

    private static IResult Refused(string? domain, DomainVerificationError error) =>
        Results.Json(Error(domain, error), statusCode: Status(error.Code));

    private static int Status(string code) => DomainVerificationStatusCodes.Of(code) is 422 ? 400 : DomainVerificationStatusCodes.Of(code);

    private static ApiError Error(string? domain, DomainVerificationError error) => new(
        error.Message,
        error.Code == DomainVerificationErrorCodes.DomainHeld ? Claimable : error.Code.ToUpperInvariant(),
        domain is null ? null : new Dictionary<string, object?> { ["domain"] = domain });
}
