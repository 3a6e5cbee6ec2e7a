using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Every refusal, in words.</summary>
internal static class Refusals
{
    public static IdempotencyRefusal Of(string kind, IdempotencyOptions options, TimeSpan? retryAfter = null)
    {
        var (status, title, detail) = kind switch
        {
            IdempotencyErrorCodes.KeyMissing => (
                StatusCodes.Status400BadRequest,
                "An idempotency key is missing",
                $"Send a header {options.HeaderName} with a value of your own for each operation, such as a random UUID in quotes."),
            IdempotencyErrorCodes.KeyInvalid => (
                StatusCodes.Status400BadRequest,
                "The idempotency key is malformed",
                $"Send {options.HeaderName} once, with 1 to {options.MaximumKeyLength} visible ASCII characters, best in quotes."),
            IdempotencyErrorCodes.KeyTooLong => (
                StatusCodes.Status400BadRequest,
                "The idempotency key is too long",
                $"Send a key of at most {options.MaximumKeyLength} characters."),
            IdempotencyErrorCodes.KeyReused => (
                options.ConflictStatus,
                "The idempotency key was used for another request",
                "The same key stands for the same request. Send a new key for a new request."),
            IdempotencyErrorCodes.InProgress => (
                StatusCodes.Status409Conflict,
                "The first request with this idempotency key still runs",
                "Send the same request again after the time that Retry-After says."),
            IdempotencyErrorCodes.NotReplayable => (
                StatusCodes.Status409Conflict,
                "The request ran before, and its response is not told again",
                "Ask for the resource to see what became of it. Send a new key to run the request again."),
            IdempotencyErrorCodes.ClientUnknown => (
                StatusCodes.Status401Unauthorized,
                "An idempotency key needs a client that is known",
                "Sign in, or send the request without a key."),
            IdempotencyErrorCodes.BodyTooLarge => (
                StatusCodes.Status413PayloadTooLarge,
                "The body is too large",
                $"Send at most {options.MaximumRequestBodySize} bytes with an idempotency key."),
            IdempotencyErrorCodes.BodyUnreadable => (
                StatusCodes.Status400BadRequest,
                "The body could not be read to its end",
                "Send the whole request again."),
            _ => (
                StatusCodes.Status503ServiceUnavailable,
                "Idempotency keys cannot be looked up now",
                "Nothing was run. Send the same request again after the time that Retry-After says."),
        };
        var code = kind == IdempotencyErrorCodes.KeyReused ? options.ConflictCode : kind;
        return new IdempotencyRefusal(status, kind, code, title, detail, retryAfter, options.Documentation);
    }
}
