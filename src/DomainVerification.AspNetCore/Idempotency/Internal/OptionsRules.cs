using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>The host's default options.</summary>
internal sealed record IdempotencyDefaults(IdempotencyOptions Options);

/// <summary>The ranges of <see cref="IdempotencyOptions"/>, checked where they are given.</summary>
internal static partial class OptionsRules
{
    private static readonly string[] NeverReplayed =
    [
        "Connection", "Content-Length", "Date", "Keep-Alive", "Proxy-Authenticate", "Set-Cookie", "Trailer", "Transfer-Encoding", "Upgrade",
    ];

    public static void Require(IdempotencyOptions? options)
    {
        if (options is not null && Problems(options).ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }
    }

    private static IEnumerable<string> Problems(IdempotencyOptions options)
    {
        if (!Name().IsMatch(options.HeaderName))
        {
            yield return "HeaderName is no name of a header.";
        }

        if (options.MaximumKeyLength is < 1 or > IdempotencyOptions.LongestKey)
        {
            yield return $"MaximumKeyLength is not 1 to {IdempotencyOptions.LongestKey}.";
        }

        if (options.LeaseDuration < TimeSpan.FromSeconds(1) || options.LeaseDuration > TimeSpan.FromHours(1))
        {
            yield return "LeaseDuration is not 1 second to 1 hour.";
        }

        if (options.Lifetime < options.LeaseDuration || options.Lifetime > TimeSpan.FromDays(30))
        {
            yield return "Lifetime is not LeaseDuration to 30 days.";
        }

        if (options.RetryAfter < TimeSpan.FromSeconds(1) || options.RetryAfter > TimeSpan.FromHours(1))
        {
            yield return "RetryAfter is not 1 second to 1 hour.";
        }

        if (options.MaximumRequestBodySize is < 0 or > IdempotencyOptions.LargestBody)
        {
            yield return $"MaximumRequestBodySize is not 0 to {IdempotencyOptions.LargestBody} bytes.";
        }

        if (options.MaximumResponseBodySize is < 0 or > IdempotencyOptions.LargestBody)
        {
            yield return $"MaximumResponseBodySize is not 0 to {IdempotencyOptions.LargestBody} bytes.";
        }

        if (options.ConflictStatus is not (StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity))
        {
            yield return "ConflictStatus is neither 409 nor 422.";
        }

        if (!Code().IsMatch(options.ConflictCode))
        {
            yield return "ConflictCode is not 1 to 64 letters, digits and underscores.";
        }

        if (options.Documentation is { IsAbsoluteUri: false })
        {
            yield return "Documentation is no absolute address.";
        }

        foreach (var name in options.ReplayedHeaders.Order(StringComparer.Ordinal))
        {
            if (!Name().IsMatch(name) || NeverReplayed.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"ReplayedHeaders must not hold '{name}'.";
            }
        }
    }

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z")]
    private static partial Regex Code();
}
