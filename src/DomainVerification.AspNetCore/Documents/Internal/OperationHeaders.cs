using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace DomainVerification.AspNetCore.Documents.Internal;

/// <summary>A header that a request can have.</summary>
internal sealed record RequestHeader(string Name, string Description, string Example, bool IsRequired = false);

/// <summary>A header that an answer can have.</summary>
internal sealed record ResponseHeader(string Name, string Description, JsonSchemaType Type = JsonSchemaType.String);

/// <summary>Which headers mean something to which operation.</summary>
internal static class OperationHeaders
{
    private static readonly RequestHeader _match = new(
        "If-Match",
        "The ETag of the state that the change is about; in another state it is refused with 412. A host can ask for it.",
        Tag);

    private static readonly RequestHeader _noneMatch = new(
        "If-None-Match",
        "The ETag of the state that the caller has; 304 where it is the present one.",
        Tag);

    private static readonly RequestHeader _seen = new("Last-Event-ID", "The id of the last event that was seen, as browsers send it.", "4");

    private static readonly ResponseHeader _etag = new("ETag", "The state that is answered: strong, made of id and version.");

    private static readonly ResponseHeader _location = new("Location", "The address of the claim.");

    private static readonly ResponseHeader _contentLocation = new("Content-Location", "The address of the claim by its id.");

    private static readonly ResponseHeader _retryAfter = new(
        "Retry-After",
        "After how many seconds asking again is worth while, where time can help.",
        JsonSchemaType.Integer);

    private const string Tag = "\"019b76daa8007f96ae2ecbf2a7ffff4a-4\"";

    public static RequestHeader Key { get; } = new(
        "Idempotency-Key",
        "Makes the request safe to send again: the same key with the same request gets the same answer.",
        "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");

    /// <summary>Those of requests, as the statuses of the operation tell.</summary>
    public static IEnumerable<RequestHeader> Of(OpenApiOperation operation)
    {
        if (Has(operation, StatusCodes.Status412PreconditionFailed))
        {
            yield return _match;
        }

        if (Has(operation, StatusCodes.Status304NotModified))
        {
            yield return _noneMatch;
        }

        if (Has(operation, StatusCodes.Status204NoContent) && Has(operation, StatusCodes.Status200OK))
        {
            yield return _seen;
        }
    }

    /// <summary>Those of answers.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="status">The status.</param>
    /// <param name="shape">What the body is; <see langword="null"/> where there is none.</param>
    public static IEnumerable<ResponseHeader> Of(string operation, int status, Type? shape)
    {
        var isTagged = shape == typeof(ClaimResource) || shape == typeof(ClaimAnswer)
            || shape == typeof(ReviewResource) || shape == typeof(DecisionAnswer);
        if (status == StatusCodes.Status304NotModified || (status < 300 && isTagged))
        {
            yield return _etag;
        }

        if (operation == "requestClaim" && status < 300)
        {
            yield return _location;
        }

        if (operation == "getClaimByDomain" && status < 400)
        {
            yield return _contentLocation;
        }

        if (status is 429 or 503 || (status is 409 or 422 && operation is "verifyClaim" or "claimDomain" or "confirmClaim"))
        {
            yield return _retryAfter;
        }
    }

    private static bool Has(OpenApiOperation operation, int status) => operation.Responses?.ContainsKey(status.ToString("0", null)) == true;
}
