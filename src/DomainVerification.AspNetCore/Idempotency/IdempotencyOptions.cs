using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore;

/// <summary>
/// How an endpoint treats the key of a request. Start from a preset and change what differs:
/// <c>IdempotencyOptions.Migma() with { IsRequired = true }</c>.
/// </summary>
public sealed record IdempotencyOptions
{
    /// <summary>The longest key that any endpoint can take, in characters: 255, as the drafts and the systems in use have it.</summary>
    public const int LongestKey = 255;

    /// <summary>The largest body, of a request or of a kept response, that can be configured: 16 MiB.</summary>
    public const int LargestBody = 16 * 1024 * 1024;

    /// <summary>The name of the request header. <c>Idempotency-Key</c> by default.</summary>
    public string HeaderName { get; init; } = "Idempotency-Key";

    /// <summary>
    /// Whether a request without a key is refused with 400 <see cref="IdempotencyErrorCodes.KeyMissing"/>. By default it runs as if there
    /// were no keys.
    /// </summary>
    public bool IsRequired { get; init; }

    /// <summary>The longest key, in characters and without quotes: 1 to <see cref="LongestKey"/>, which is the default.</summary>
    public int MaximumKeyLength { get; init; } = LongestKey;

    /// <summary>
    /// For how long a key is remembered, from the first request on: <see cref="LeaseDuration"/> to 30 days. 24 hours by default.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// For how long a run may hold its key: 1 second to 1 hour, 1 minute by default. Choose it longer than the slowest run. A run that
    /// crashed frees its key when it ends, and so does one that is merely slow; what such a run answers later is not kept.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What <c>Retry-After</c> asks for while another run is on or the store is out: 1 second to 1 hour, rounded up to seconds, and never
    /// more than the rest of the other run's lease. 2 seconds by default.
    /// </summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The largest request body, in bytes: 0 to <see cref="LargestBody"/>, 256 KiB by default. A larger one is refused with 413
    /// <see cref="IdempotencyErrorCodes.BodyTooLarge"/>, before it is read where it says its length.
    /// </summary>
    public int MaximumRequestBodySize { get; init; } = 256 * 1024;

    /// <summary>
    /// The largest response body that is kept, in bytes: 0 to <see cref="LargestBody"/>, 256 KiB by default. A larger one reaches the
    /// client and is not kept; its key answers 409 <see cref="IdempotencyErrorCodes.NotReplayable"/> from then on, because the work is done.
    /// </summary>
    public int MaximumResponseBodySize { get; init; } = 256 * 1024;

    /// <summary>The status for a key that was used for another request: 409 or 422, the default.</summary>
    public int ConflictStatus { get; init; } = StatusCodes.Status422UnprocessableEntity;

    /// <summary>The code for a key that was used for another request: 1 to 64 of A-Z, a-z, 0-9 and <c>_</c>.</summary>
    public string ConflictCode { get; init; } = IdempotencyErrorCodes.KeyReused;

    /// <summary>
    /// Statuses that are never kept: the run is abandoned, and the next request with the key runs again. By default 429 and 503, which say
    /// nothing but "later".
    /// </summary>
    public ImmutableHashSet<int> StatusesNotKept { get; init; } =
        [StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable];

    /// <summary>
    /// The response headers that are kept and sent again; all others belong to one exchange. Headers that frame a message or sign somebody
    /// in (<c>Content-Length</c>, <c>Transfer-Encoding</c>, <c>Connection</c>, <c>Date</c>, <c>Set-Cookie</c>) cannot be among them.
    /// </summary>
    public ImmutableHashSet<string> ReplayedHeaders { get; init; } = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Content-Type",
        "Content-Language",
        "Content-Encoding",
        "Content-Disposition",
        "Content-Location",
        "Cache-Control",
        "ETag",
        "Last-Modified",
        "Link",
        "Location",
        "Retry-After");

    /// <summary>
    /// Where clients read how keys are treated here: shown in every refusal as the member <c>documentation</c> and as a <c>Link</c> header
    /// with <c>rel="help"</c>. None by default.
    /// </summary>
    public Uri? Documentation { get; init; }

    /// <summary>
    /// Writes refusals in the host's own form. Status and headers are set before it is called. By default they are problem details
    /// (RFC 9457) with the member <c>code</c>.
    /// </summary>
    public Func<HttpContext, IdempotencyRefusal, Task>? WriteRefusal { get; init; }

    /// <summary>
    /// The defaults of this type: the draft "The Idempotency-Key HTTP Header Field" (draft-ietf-httpapi-idempotency-key-header). Keys of up
    /// to 255 characters; a key that was used for another request is 422 <c>idempotency_key_reused</c>.
    /// </summary>
    public static IdempotencyOptions Draft() => new();

    /// <summary>
    /// As Migma documents it: an optional key of up to 100 characters, remembered for 24 hours; a key that was used for another body is 409
    /// <c>IDEMPOTENCY_CONFLICT</c>. It is scoped per API key: see <see cref="IIdempotencyClientAccessor"/>.
    /// </summary>
    public static IdempotencyOptions Migma() => new()
    {
        MaximumKeyLength = 100,
        ConflictStatus = StatusCodes.Status409Conflict,
        ConflictCode = "IDEMPOTENCY_CONFLICT",
    };
}
