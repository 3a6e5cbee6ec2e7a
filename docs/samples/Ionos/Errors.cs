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
    public static IResult Of(DomainVerificationError error)
    {
        var status = DomainVerificationStatusCodes.Of(error.Code);
        return Results.Json(new ErrorBody(status, [new ErrorMessage(error.Code, error.Message)]), statusCode: status);
    }

    /// <summary>The body of an answer that has a status and nothing else.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var reason = ReasonPhrases.GetReasonPhrase(status);
        var code = reason.Replace(' ', '_').ToLowerInvariant();
        return http.Response.WriteAsJsonAsync(new ErrorBody(status, [new ErrorMessage(code, reason)]), http.RequestAborted);
    }
}
