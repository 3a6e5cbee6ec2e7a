namespace DomainVerification.AspNetCore;

/// <summary>Why a request with a key, or without one, was not run.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Kind">What is wrong: one of <see cref="IdempotencyErrorCodes"/>.</param>
/// <param name="Code">
/// The code to tell: the same, or <see cref="IdempotencyOptions.ConflictCode"/> where it is <see cref="IdempotencyErrorCodes.KeyReused"/>.
/// </param>
/// <param name="Title">A short sentence, the same for every refusal with this code.</param>
/// <param name="Detail">What to do. Never holds the key or anything of the body.</param>
/// <param name="RetryAfter">When to try again; <see langword="null"/> where waiting does not help.</param>
/// <param name="Documentation">See <see cref="IdempotencyOptions.Documentation"/>.</param>
public sealed record IdempotencyRefusal(
    int Status,
    string Kind,
    string Code,
    string Title,
    string Detail,
    TimeSpan? RetryAfter = null,
    Uri? Documentation = null);
