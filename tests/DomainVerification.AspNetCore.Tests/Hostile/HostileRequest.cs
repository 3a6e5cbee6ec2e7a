using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.AspNetCore.Tests.Hostile;

/// <summary>How the body comes.</summary>
public enum BodyFraming
{
    Measured,
    Chunked,
    Broken,
}

/// <summary>A request that nobody honest sends.</summary>
/// <param name="Endpoint">Where to.</param>
/// <param name="Target">What stands in the address; <see langword="null"/> for the claim or the domain that is meant.</param>
/// <param name="Claim">Which of the claims is meant.</param>
/// <param name="Query">The raw query.</param>
/// <param name="Body">The body; <see langword="null"/> for none.</param>
/// <param name="Framing">How the body comes.</param>
/// <param name="Type">Its <c>Content-Type</c>; <see langword="null"/> for none.</param>
/// <param name="Headers">The other headers.</param>
/// <param name="Tenant">Whom the request acts for.</param>
public sealed record HostileRequest(
    HostileEndpoint Endpoint,
    string? Target,
    int Claim,
    string Query,
    byte[]? Body,
    BodyFraming Framing,
    string? Type,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Tenant)
{
    private static readonly string[] _names =
        [
            "If-Match", "If-None-Match", "Idempotency-Key", "Last-Event-ID", "Accept", "Content-Encoding", "Prefer", "Range", "Expect",
            "Cookie",
        ];

    /// <summary>What an honest request says. A member that is missing here fails the tests: say what is honest for it.</summary>
    private static readonly Dictionary<string, string> _good = new()
    {
        ["domain"] = "\"free.example\"",
        ["method"] = "\"dns_txt\"",
        ["reason"] = "\"papers seen\"",
    };

    private static readonly Gen<string> _text = Gen.OneOf(
        Gen.Elements(
            "", " ", "acme.example", "bücher.example", "\ud800", "x\udc00y", "\0", "a\0b.example", "'; DROP TABLE claims;--",
            "../..", "..", ".", "%2e%2e", "%", "%zz", "*", "${jndi:x}", "<script>", "\r\nX: y", "{", "}", "{claim}",
            "-1", "0", "1", "100", "101", "99999999999999999999", "1e3", "٣", "null", "\u202E.example", "\uFF0E", "xn--a", "co.uk",
            "127.0.0.1", "[::1]", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}",
            "pending", "Pending", "dns_txt", "dns_cname", "sending", new string('a', 300), new string('ü', 2000)),
        Gen.Choose(0, 0xFFFF).Select(code => (char)code).ListOf().Select(letters => new string([.. letters])));

    private static readonly Gen<string> _value = Gen.OneOf(
        Gen.Elements(
            "1", "-0", "1e999", "true", "null", "[]", "{}", "[\"acme.example\"]", "{\"a\":{\"a\":{}}}", "\"\\ud800\"", "\"\\u0000\"",
            "\"acme.example\"", "\"free.example\"", "\"dns_txt\"", "01", "NaN", "'x'", "\"", "\"\t\"",
            Nested("[", "]", 5000), Nested("{\"a\":", "}", 400), $"\"{new string('x', 20_000)}\"", $"\"{new string('x', 1100)}\""),
        _text.Select(text => JsonSerializer.Serialize(text)));

    public static Gen<HostileRequest> Of(IReadOnlyList<HostileEndpoint> endpoints) =>
        from endpoint in Gen.Elements<HostileEndpoint>(endpoints)
        from target in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, _text.Select(text => (string?)text)))
        from claim in Gen.Choose(0, 99)
        from query in Queries(endpoint)
        from body in Gen.Frequency((2, Gen.Constant<byte[]?>(null)), (4, Json(endpoint)), (1, Bytes()))
        from framing in Gen.Frequency(
            (5, Gen.Constant(BodyFraming.Measured)), (3, Gen.Constant(BodyFraming.Chunked)), (1, Gen.Constant(BodyFraming.Broken)))
        from type in Gen.Frequency(
            (4, Gen.Constant<string?>("application/json")),
            (1, Gen.Elements<string?>(
                null, "", "text/plain", "application/json; charset=x", "application/json;", "//", ";;;", "application/json; charset=\"",
                "application/problem+json", "multipart/form-data", "application/x-www-form-urlencoded",
                "application/json; charset=utf-16")))
        from headers in Gen.Frequency(
            (2, Gen.Constant(new List<(string, string)>())),
            (3, Header().ListOf(3).Select(list => list.ToList())))
        from tenant in Gen.Frequency((6, Gen.Constant("ann")), (1, Gen.Elements("eve", " ", "a\0b", "ü", "\ud800", new string('o', 257))))
        select new HostileRequest(endpoint, target, claim, query, body, framing, type, headers, tenant);

    /// <summary>A request as it is meant.</summary>
    public static HostileRequest Honest(HostileEndpoint endpoint, int claim) => new(
        endpoint,
        null,
        claim,
        string.Empty,
        endpoint.Members.Count == 0 ? null : Encoding.UTF8.GetBytes(Good(endpoint)),
        BodyFraming.Measured,
        "application/json",
        [],
        "ann");

    public override string ToString() =>
        $"{Endpoint} as {Shown(Tenant)}, target {Shown(Target ?? "(meant)")}, claim {Claim}, query {Shown(Query)}, "
        + $"{Framing} body {(Body is null ? "none" : Shown(Encoding.Latin1.GetString(Body)))} of {Shown(Type ?? "(none)")}, "
        + string.Join(", ", Headers.Select(header => $"{header.Name}: {Shown(header.Value)}"));

    private static Gen<string> Queries(HostileEndpoint endpoint) => Gen.OneOf(
        Gen.Constant(""),
        Gen.Elements("?", "?&&==", "?=", "?%", "?%ff=%fe", "?\0", "?limit", "?limit=1&limit=2", "?a[]=1"),
        (from name in Gen.Elements<string>([.. endpoint.Queries, "limit", "profile", "owner"])
         from value in _text
         from isRaw in Gen.Elements(true, false, false)
         select $"{name}={(isRaw ? value : Escape(value))}").ListOf(2).Select(pairs => "?" + string.Join('&', pairs)));

    /// <summary>An object of the members that the endpoint reads, some of them twice, unknown, or of the wrong type; or none.</summary>
    private static Gen<byte[]?> Json(HostileEndpoint endpoint)
    {
        var member =
            from name in Gen.Elements<string>([.. endpoint.Members, .. endpoint.Members, "domain", "method", "reason", "owner", "$type"])
            from value in _value
            select $"{JsonSerializer.Serialize(name)}:{value}";
        var whole = Gen.Frequency(
            (2, Gen.Constant("{}")),
            (4, Gen.Constant(Good(endpoint))),
            (6, member.Select(one => $"{{{one}}}")),
            (2, member.ListOf(2).Select(members => $"{{{string.Join(',', members)}}}")),
            (1, member.Select(one => $"{{{one},{one}}}")),
            (1, member.Select(one => $"\uFEFF{{{one}}}")),
            (1, member.Select(one => $"{{{one}")),
            (1, member.Select(one => $"{{{one}}} x")),
            (1, _value),
            (1, Gen.Elements("", "{", "}", "[]", "\"x\"", "/**/{}", "{,}", "{\"domain\":\"acme.example\",}", Nested("[", "]", 100_000))));
        return whole.Select(text => (byte[]?)Encoding.UTF8.GetBytes(text));
    }

    private static Gen<byte[]?> Bytes() => Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(values => (byte[]?)[.. values]),
        Gen.Elements<byte[]?>(
            [.. "{\"domain\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00],
            [.. "{\"reason\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]));

    private static Gen<(string Name, string Value)> Header() =>
        from name in Gen.Elements(_names)
        from value in Gen.OneOf(
            _text,
            Gen.Elements(
                "*", "\"", "W/\"x\"", "\"0-1\"", ",,,", "\"a\",", "\"k1\"", "k1", "\"k2\"", new string('"', 400), "gzip", "bytes=0-", "1"))
        select (name, value);

    private static string Good(HostileEndpoint endpoint) =>
        $"{{{string.Join(',', endpoint.Members.Select(name => $"\"{name}\":{_good[name]}"))}}}";

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + (close == "}" ? "1" : "") + string.Concat(Enumerable.Repeat(close, depth));

    /// <summary>Percent-encodes whatever is in the text; half a surrogate pair becomes what UTF-8 has for it.</summary>
    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"%{value:X2}"));

    private static string Shown(string text) => JsonSerializer.Serialize(text.Length > 200 ? text[..200] + "…" : text);
}
