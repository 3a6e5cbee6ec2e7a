using System.Diagnostics;
using DomainVerification;
using Microsoft.AspNetCore.WebUtilities;

namespace Webex;

/// <summary>An error as the vendor's APIs write it.</summary>
internal sealed record ErrorBody(string Message, IReadOnlyList<ErrorDetail> Errors, string TrackingId);

internal sealed record ErrorDetail(string Description);

internal static class Errors
{
    /// <summary>A refusal of the SDK: most are 400 to this vendor, whose 409 is for domains that are claimed.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="missing">The status where the organization has no such domain.</param>
    public static IResult Of(DomainVerificationError error, int missing = StatusCodes.Status400BadRequest)
    {
        var status = error.Code switch
        {
            DomainVerificationErrorCodes.DomainHeld => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.DomainContested => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.VersionConflict => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.ClaimNotFound => missing,
            DomainVerificationErrorCodes.ClaimEnded => missing,
            DomainVerificationErrorCodes.ChallengeExpired => missing,
            DomainVerificationErrorCodes.ProofInconclusive => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
        return Of(status, error.Code, error.Message);
    }

    public static IResult Of(int status, string code, string message) => Results.Json(Body(message, code), statusCode: status);

    /// <summary>The body of an answer that has a status and nothing else.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var reason = ReasonPhrases.GetReasonPhrase(http.Response.StatusCode);
        return http.Response.WriteAsJsonAsync(Body(reason, reason.Replace(' ', '_').ToLowerInvariant()), http.RequestAborted);
    }

    private static ErrorBody Body(string message, string code) =>
        new(message, [new ErrorDetail(code)], $"ROUTER_{Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N")}");
}
