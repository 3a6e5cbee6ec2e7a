using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HuaweiLive.Iam;

/// <summary>
/// The Authorization header of a request that is signed with an AK/SK:
/// <c>SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…</c>. The vendor's guide "API request signing" says how it is made.
/// </summary>
internal sealed record RequestSignature(string AccessKey, string[] SignedHeaders, string Signature)
{
    private const string Algorithm = "SDK-HMAC-SHA256";
    private const string DateHeader = "X-Sdk-Date";

    /// <summary>What a signature must cover here besides the body: who is asked, when and for which project.</summary>
    private static readonly string[] Required = ["host", "x-project-id", "x-sdk-date"];

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    public static RequestSignature? Read(string? header)
    {
        if (header is null || !header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = header[Algorithm.Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToList();
        return parts is [["Access", var key], ["SignedHeaders", var names], ["Signature", var signature]]
            ? new RequestSignature(key, names.Split(';'), signature)
            : null;
    }

    public async Task<bool> IsValidAsync(HttpRequest request, string secretKey, DateTimeOffset now)
    {
        var date = request.Headers[DateHeader].ToString();
        return DateTimeOffset.TryParseExact(
                date,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var signedAt)
            && (now - signedAt).Duration() <= Tolerance
            && Required.All(SignedHeaders.Contains)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(await SignAsync(request, date, secretKey)),
                Encoding.ASCII.GetBytes(Signature));
    }

    private async Task<string> SignAsync(HttpRequest request, string date, string secretKey)
    {
        var canonical = string.Join(
            '\n',
            request.Method,
            request.Path.ToUriComponent().TrimEnd('/') + "/",
            string.Join('&', request.Query
                .SelectMany(pair => pair.Value, (pair, value) => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? string.Empty)}")
                .Order(StringComparer.Ordinal)),
            string.Concat(SignedHeaders.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n")),
            string.Join(';', SignedHeaders),
            await HashBodyAsync(request));
        var toSign = $"{Algorithm}\n{date}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        return Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(toSign)));
    }

    /// <summary>Reads the body, which stays readable for the endpoint.</summary>
    private static async Task<string> HashBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        var hash = await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return Hex(hash);
    }

    private static string Hex(byte[] octets) => Convert.ToHexStringLower(octets);
}
