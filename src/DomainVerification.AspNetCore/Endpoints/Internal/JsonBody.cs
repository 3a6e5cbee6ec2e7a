using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
        if (http.Request.ContentLength > maximum)
        {
            return (null, TooLarge(http, maximum));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(maximum + 1);
        try
        {
            var length = await FillAsync(http, buffer.AsMemory(0, maximum + 1)).ConfigureAwait(false);
            if (length > maximum)
            {
                return (null, TooLarge(http, maximum));
            }

            if (length == 0 && absent is not null)
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

            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type) is { } value
                ? (value, null)
                : (null, Malformed(http, expected));
        }
        catch (JsonException)
        {
            return (null, Malformed(http, expected));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server's own limit may be the lower one.
            return (null, TooLarge(http, maximum));
        }
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // A framing that is none: servers say it in more ways than one.
            return (null, Malformed(http, expected));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueTask<int> FillAsync(HttpContext http, Memory<byte> buffer) =>
        http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);

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
