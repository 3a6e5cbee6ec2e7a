using DomainVerification;
using DomainVerification.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;

namespace Wacht;

/// <summary>Puts what the SDK answers into the vendor's envelope.</summary>
internal static class Answers
{
    public static IResult Ok<T>(HttpContext http, T data) => Of(http, 200, data);

    public static IResult Created<T>(HttpContext http, T data) => Of(http, 201, data);

    public static IResult Refused(HttpContext http, DomainVerificationError error) => Failed(
        http,
        DomainVerificationStatusCodes.Of(error.Code) is 422 ? 400 : DomainVerificationStatusCodes.Of(error.Code),
        new ErrorItem(error.Code.ToUpperInvariant(), error.Message));

    public static IResult AlreadyAdded(HttpContext http) =>
        Failed(http, 409, new ErrorItem("DOMAIN_ALREADY_EXISTS", "The organization has this domain already."));

    public static IResult InvalidCredentials(HttpContext http) =>
        Failed(http, 401, new ErrorItem("INVALID_CREDENTIALS", "Invalid credentials. Please try again."));

    /// <summary>Whatever the framework refuses without a body: no session, no role, no such path, a body that is no JSON.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var reason = ReasonPhrases.GetReasonPhrase(status);
        return Failed(http, status, new ErrorItem(reason.ToUpperInvariant().Replace(' ', '_'), reason + ".")).ExecuteAsync(http);
    }

    private static IResult Failed(HttpContext http, int status, ErrorItem error) => Results.Json(
        new Envelope<object?>(status, error.Message, null, Sessions.Of(http.User), [error]),
        statusCode: status);

    private static IResult Of<T>(HttpContext http, int status, T data) =>
        Results.Json(new Envelope<T>(status, string.Empty, data, Sessions.Of(http.User), []), statusCode: status);
}
