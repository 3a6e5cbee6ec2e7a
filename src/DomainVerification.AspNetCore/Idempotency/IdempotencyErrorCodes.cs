namespace DomainVerification.AspNetCore;

/// <summary>The codes of the refusals that a request's key can cause. Nothing was run for a request that got one.</summary>
public static class IdempotencyErrorCodes
{
    /// <summary>400: the endpoint requires a key and the request has none.</summary>
    public const string KeyMissing = "idempotency_key_missing";

    /// <summary>
    /// 400: the header is neither a quoted String (RFC 8941, section 3.3.3) of visible ASCII characters nor a bare run of them without
    /// quotes and commas; or there are several.
    /// </summary>
    public const string KeyInvalid = "idempotency_key_invalid";

    /// <summary>400: the key is longer than <see cref="IdempotencyOptions.MaximumKeyLength"/>.</summary>
    public const string KeyTooLong = "idempotency_key_too_long";

    /// <summary>
    /// The key was used for another request: another body, another query or other route values. The status, and where the host says so the
    /// code, are its own: see <see cref="IdempotencyOptions.ConflictCode"/>.
    /// </summary>
    public const string KeyReused = "idempotency_key_reused";

    /// <summary>409 with <c>Retry-After</c>: the first request with the key still runs.</summary>
    public const string InProgress = "idempotency_in_progress";

    /// <summary>
    /// 409: the request ran, and its response is not told again: it was shown once only, was too large or a stream, or can no longer be
    /// read. Ask for the resource instead, or use a new key to run again.
    /// </summary>
    public const string NotReplayable = "idempotency_not_replayable";

    /// <summary>401: nobody is known to whom the key could belong.</summary>
    public const string ClientUnknown = "idempotency_client_unknown";

    /// <summary>413: the body is larger than <see cref="IdempotencyOptions.MaximumRequestBodySize"/>.</summary>
    public const string BodyTooLarge = "idempotency_body_too_large";

    /// <summary>400: the body could not be read to its end.</summary>
    public const string BodyUnreadable = "idempotency_body_unreadable";

    /// <summary>503 with <c>Retry-After</c>: whether the request ran cannot be looked up now, so it was not run.</summary>
    public const string StoreUnavailable = "idempotency_store_unavailable";
}
