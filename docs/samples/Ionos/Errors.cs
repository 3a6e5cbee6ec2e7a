using System.Globalization;
using DomainVerification;
using DomainVerification.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;

namespace Ionos;

/// <summary>An error as the vendor's cloud APIs write it.</summary>
internal sealed record ErrorBody(int HttpStatus, IReadOnlyList<ErrorMessage> Messages);

internal sealed record ErrorMessage(string ErrorCode, string Message);

internal static class Errors
{
    /// <summary>A refusal of the SDK, with its code and its sentence.</summary>
    public static IResult Of(ClaimResult result)
    {
        var error = result.Error!;
        var status = DomainVerificationStatusCodes.Of(error.Code);
        return new ErrorResult(new ErrorBody(status, [new ErrorMessage(error.Code, error.Message)]), result.RetryAfter);
    }

    /// <summary>The body of an answer that has a status and nothing else.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var reason = ReasonPhrases.GetReasonPhrase(status);
        var code = reason.Replace(' ', '_').ToLowerInvariant();
        return http.Response.WriteAsJsonAsync(new ErrorBody(status, [new ErrorMessage(code, reason)]), http.RequestAborted);
    }

    private sealed class ErrorResult(ErrorBody body, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = body.HttpStatus;
            if (retryAfter is { } wait)
            {
                httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return httpContext.Response.WriteAsJsonAsync(body, httpContext.RequestAborted);
        }
    }
}
