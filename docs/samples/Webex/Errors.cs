using System.Diagnostics;
using System.Globalization;
using DomainVerification;
using Microsoft.AspNetCore.WebUtilities;

namespace Webex;

/// <summary>An error as the vendor's APIs write it.</summary>
internal sealed record ErrorBody(string Message, IReadOnlyList<ErrorDetail> Errors, string TrackingId);

internal sealed record ErrorDetail(string Description);

internal static class Errors
{
    /// <summary>A refusal of the SDK: most are 400 to this vendor, whose 409 is for domains that are claimed.</summary>
    /// <param name="result">What was refused.</param>
    /// <param name="missing">The status where the organization has no such domain.</param>
    public static IResult Of(ClaimResult result, int missing = StatusCodes.Status400BadRequest)
    {
        var error = result.Error!;
        var status = error.Code switch
        {
            DomainVerificationErrorCodes.DomainHeld => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.DomainContested => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.VersionConflict => StatusCodes.Status409Conflict,
            DomainVerificationErrorCodes.ClaimNotFound => missing,
            DomainVerificationErrorCodes.ClaimEnded => missing,
            DomainVerificationErrorCodes.ChallengeExpired => missing,
            DomainVerificationErrorCodes.CheckRateLimited => StatusCodes.Status429TooManyRequests,
            DomainVerificationErrorCodes.ProofInconclusive => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
        return new ErrorResult(status, Body(error.Message, error.Code), result.RetryAfter);
    }

    public static IResult Of(int status, string code, string message) => new ErrorResult(status, Body(message, code), null);

    /// <summary>The body of an answer that has a status and nothing else.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var reason = ReasonPhrases.GetReasonPhrase(http.Response.StatusCode);
        return http.Response.WriteAsJsonAsync(Body(reason, reason.Replace(' ', '_').ToLowerInvariant()), http.RequestAborted);
    }

    private static ErrorBody Body(string message, string code) =>
        new(message, [new ErrorDetail(code)], $"ROUTER_{Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N")}");

    private sealed class ErrorResult(int status, ErrorBody body, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            if (retryAfter is { } wait)
            {
                httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return httpContext.Response.WriteAsJsonAsync(body, httpContext.RequestAborted);
        }
    }
}
