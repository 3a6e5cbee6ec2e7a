using System.Globalization;
using System.Text.Json.Serialization;
using DomainVerification;
using DomainVerification.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;

namespace HuaweiLive;

/// <summary>An error: table 5 of the page.</summary>
internal sealed record Error(
    [property: JsonPropertyName("error_code")] string Code,
    [property: JsonPropertyName("error_msg")] string Message);

/// <summary>Writes errors. The page has one for what is wrong with a request; the others are those of the gateway in front of the API.</summary>
internal static class Errors
{
    private const string Illegal = "Request Illegal";

    /// <summary>A refusal of the SDK. What can be mended in the request is a 400, with the SDK's sentence behind the page's.</summary>
    public static IResult Of(DomainVerificationError error, TimeSpan? retryAfter)
    {
        var status = DomainVerificationStatusCodes.Of(error.Code);
        if (status is not (StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable))
        {
            return Results.Json(Of(StatusCodes.Status400BadRequest) with { Message = $"{Illegal}. {error.Message}" }, statusCode: 400);
        }

        return new Later(Of(status), status, retryAfter);
    }

    /// <summary>The body of an answer that has a status and nothing else.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        // The page has no 413 and no 415: a body that is too long or no JSON is a request that is illegal.
        if (http.Response.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return http.Response.WriteAsJsonAsync(Of(http.Response.StatusCode), http.RequestAborted);
    }

    private static Error Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new("LIVE.100011001", Illegal),
        StatusCodes.Status401Unauthorized => new("APIG.0301", "Incorrect IAM authentication information"),
        StatusCodes.Status403Forbidden => new("APIG.0302", "The IAM user is not authorized to access the API"),
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed =>
            new("APIG.0101", "The API does not exist or has not been published"),
        StatusCodes.Status429TooManyRequests => new("APIG.0308", "The throttling threshold has been reached"),
        _ => new("APIG.0201", ReasonPhrases.GetReasonPhrase(status)),
    };

    private sealed class Later(Error error, int status, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            if (retryAfter is { } wait)
            {
                httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return httpContext.Response.WriteAsJsonAsync(error, httpContext.RequestAborted);
        }
    }
}
