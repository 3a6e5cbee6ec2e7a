using System.Text;
using DomainVerification.AspNetCore.Tests.Web;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Hostile requests to every endpoint: an answer that is documented, never a 500, and nothing changed by what is refused.</summary>
public sealed class HostileInputTests
{
    private static readonly Gen<string> _text = Gen.OneOf(
        Gen.Elements(
            "", " ", "acme.example", "b\u00FCcher.example", "\ud800", "\u0000", "a\u0000b.example", "'; DROP TABLE claims;--",
            "../..", "%2e%2e", "*", "${jndi:x}", "<script>",
            "-1", "0", "99999999999999999999", "null", "\u202E.example", "\uFF0E", "xn--a", "co.uk", "127.0.0.1",
            "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}",
            new string('a', 300), new string('\u00FC', 2000)),
        Gen.Choose(1, 0xFFFF).Select(code => (char)code).ListOf().Select(letters => new string([.. letters])));

    private static readonly Gen<string> _json = Gen.OneOf(
        Gen.Elements(
            "", "{", "}", "null", "[]", "7", "{}", "\"x\"", "{\"domain\":1}", "{\"domain\":[]}", "{\"domain\":\"\\ud800\"}",
            "{\"domain\":\"\\u0000.com\"}",
            "{\"domain\":\"acme.example\",\"owner\":\"bob\"}", "{\"method\":\"dns_txt\"}", "{\"method\":null}", "{\"reason\":\"\\udc00\"}",
            "{\"reason\":\"x\"}", "{\"domain\":\"free.example\"}", "{\"domain\":\"a\",\"domain\":\"b\"}", "\uFEFF{}", new string('[', 5000),
            "{\"domain\":\"" + new string('x', 20_000) + "\"}"),
        _text.Select(text => $"{{\"domain\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"),
        _text.Select(text => $"{{\"reason\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"),
        _text.Select(text => $"{{\"method\":{System.Text.Json.JsonSerializer.Serialize(text)}}}"),
        _text);

    private static readonly Gen<Request> _requests =
        from route in Gen.Elements(Routes())
        from target in Gen.Frequency((3, Gen.Constant<string?>(null)), (2, _text.Select(text => (string?)text)))
        from query in Gen.OneOf(
            Gen.Constant(""),
            from name in Gen.Elements("limit", "after", "status", "domain", "profile", "x")
            from value in _text
            select $"?{name}={Escape(value)}")
        from body in Gen.OneOf(Gen.Constant<byte[]?>(null), _json.Select(json => (byte[]?)Encoding.UTF8.GetBytes(json)), Bytes())
        from type in Gen.Frequency(
            (4, Gen.Constant("application/json")),
            (1, Gen.Elements(
                "", "text/plain", "application/json; charset=x", "application/json;", "//", ";;;", "application/json; charset=\"")))
        from condition in Gen.OneOf(Gen.Constant(""), Gen.Elements("*", "\"", "W/\"x\"", "\"0-1\"", ",,,", "\"a\",", "\u00FC"))
        from tenant in Gen.Frequency((4, Gen.Constant("ann")), (1, Gen.Elements("eve", " ", "a\u0000b", "\u00FC", new string('o', 257))))
        select new Request(route.Method, route.Path, target, query, body, type, condition, tenant);

    public static TheoryData<StoreKind, int> Runs() => new() { { StoreKind.Memory, 1500 }, { StoreKind.Sqlite, 300 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Any_request_is_answered_and_a_refused_one_changes_nothing(StoreKind store, int count)
    {
        await using var host = await WebHost.StartAsync(
            store,
            options => options.Transfers.Policies = ["asks"],
            configure: (_, sdk) => sdk.AddTransferPolicy<Asks>("asks"));
        host.World.Zone("acme.example");
        string[] claims =
        [
            (await host.HoldAsync("acme.example", "bob")).Claim,
            (await host.HoldAsync("acme.example", "ann")).Claim,
            await host.RequestAsync("pending.example", "ann"),
            await host.RequestAsync("anothers.example", "bob"),
        ];
        var turn = 0;
        var statuses = new HashSet<int>();

        var property = Prop.ForAll(_requests.ToArbitrary(), request =>
        {
            var claim = claims[turn++ % claims.Length].Split('/')[^1];
            return HoldsAsync(host, request, claim, statuses).GetAwaiter().GetResult();
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), property);

        // Cases of each kind were met, or the test would say nothing.
        Assert.Superset(new HashSet<int> { 200, 400, 403, 404, 409, 412, 415 }, statuses);
    }

    private static async Task<bool> HoldsAsync(WebHost host, Request request, string claim, HashSet<int> statuses)
    {
        var before = await host.SnapshotAsync();
        using var message = Message(request, claim);
        var answer = await host.SendAsync(message);
        statuses.Add(answer.Status);
        if (answer.Status >= 500 && answer.Status != 503)
        {
            return false;
        }

        // A look is noted with the claim whatever it finds, and a takeover that waits for a person goes on by itself: neither is refused.
        var isNoted = answer is { Status: 409 or 422 or 503, MediaType: "application/problem+json" }
            && (answer.Json.TryGetProperty("report", out _) || answer.Code == "transfer_in_review");
        var isUnchanged = before == await host.SnapshotAsync();
        var isTold = answer.Status is < 400 or 401 or 405 || answer.Body.Length == 0 || answer.MediaType == "application/problem+json";
        var names = answer.Body.Contains("bob", StringComparison.Ordinal) && !request.Path.StartsWith("/reviews", StringComparison.Ordinal)
            && request.Body is null;
        return isTold && !names && (answer.Status < 400 || isNoted || isUnchanged);
    }

    private static HttpRequestMessage Message(Request request, string claim)
    {
        // Servers refuse U+0000 in a path before any endpoint is asked.
        var target = request.Target?.Replace("\0", string.Empty, StringComparison.Ordinal);
        var path = request.Path.Replace("{claim}", target is null ? claim : Escape(target), StringComparison.Ordinal)
            .Replace("{domain}", Escape(target ?? "acme.example"), StringComparison.Ordinal);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri("http://localhost" + path + request.Query));
        message.Headers.Add(
            TestScheme.Header,
            $"tenant={Escape(request.Tenant)}&sub={(request.Path.StartsWith("/reviews", StringComparison.Ordinal) ? "olga" : "jo")}"
            + "&role=DomainVerification.Review");
        if (request.Condition.Length > 0)
        {
            message.Headers.TryAddWithoutValidation("If-Match", request.Condition);
            message.Headers.TryAddWithoutValidation("If-None-Match", request.Condition);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Type);
        }

        return message;
    }

    /// <summary>Percent-encodes whatever is in the text; half a surrogate pair becomes what UTF-8 has for it.</summary>
    private static string Escape(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"%{value:X2}"));

    private static Gen<byte[]?> Bytes() =>
        Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(values => (byte[]?)[.. values]);

    private static (string Method, string Path)[] Routes() =>
    [
        .. AccessTests.OfAClaim.Select(item => (item.Method, "/domains/{claim}" + item.Path)),
        ("GET", "/domains"), ("POST", "/domains"), ("GET", "/domains/by-domain/{domain}"), ("PUT", "/domains/{claim}"),
        ("GET", "/reviews"), ("GET", "/reviews/{claim}"), ("POST", "/reviews/{claim}/approve"), ("POST", "/reviews/{claim}/reject"),
        ("POST", "/reviews/{claim}/undo"),
    ];

    private sealed record Request(
        string Method,
        string Path,
        string? Target,
        string Query,
        byte[]? Body,
        string Type,
        string Condition,
        string Tenant);

    private sealed class Asks : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Review("papers"));
    }
}
