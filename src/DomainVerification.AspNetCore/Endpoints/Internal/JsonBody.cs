using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DomainVerification.AspNetCore.Bodies.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>Reads a small JSON body, and refuses all others before anything is looked up.</summary>
internal static class JsonBody
{
    /// <summary>Reads the body of a request.</summary>
    /// <typeparam name="T">What the body says.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="type">How to read it.</param>
    /// <param name="expected">What to send, for the customer whose body is refused.</param>
    /// <param name="absent">What a request without a body says; <see langword="null"/> where there must be one.</param>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(
        HttpContext http,
        JsonTypeInfo<T> type,
        string expected,
        T? absent = null)
        where T : class
    {
        var maximum = http.RequestServices.GetRequiredService<IOptions<DomainVerificationWebOptions>>().Value.MaximumBodyBytes;
        var (body, fault) = await BoundedBody.ReadAsync(http.Request, maximum, http.RequestAborted).ConfigureAwait(false);
        if (fault != BodyFault.None)
        {
            return (null, fault == BodyFault.TooLarge ? TooLarge(http, maximum) : Malformed(http, expected));
        }

        if (body.Length == 0 && absent is not null)
        {
            return (absent, null);
        }

        if (!IsJson(http.Request))
        {
            return (null, Problems.Of(
                http,
                DomainVerificationWebErrorCodes.MediaTypeUnsupported,
                "Send the body as application/json in UTF-8."));
        }

        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? (value, null) : (null, Malformed(http, expected));
        }
        catch (JsonException)
        {
            return (null, Malformed(http, expected));
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static IResult Malformed(HttpContext http, string expected) =>
        Problems.Of(http, DomainVerificationWebErrorCodes.BodyMalformed, expected);

    private static IResult TooLarge(HttpContext http, int maximum) => Problems.Of(
        http,
        DomainVerificationWebErrorCodes.BodyTooLarge,
        $"A body has at most {maximum} bytes here.");
}
