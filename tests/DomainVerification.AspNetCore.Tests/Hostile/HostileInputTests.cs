using System.Text.Json;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Tests.Web;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Hostile;

/// <summary>
/// Hostile requests to every endpoint that is mapped: an answer that the endpoint documents, problem details where it is a refusal, never a
/// 500, and nothing kept of what was refused.
/// </summary>
public sealed class HostileInputTests
{
    private const string EndpointMark = "X-Test-Endpoint";
    private const int MostRuns = 10;

    private static readonly HashSet<int> Expected = [200, 400, 403, 404, 409, 412, 413, 415, 422];

    public static TheoryData<StoreKind, bool, int> Runs() => new()
    {
        { StoreKind.Memory, false, 1500 },
        { StoreKind.Sqlite, false, 250 },
        { StoreKind.Sqlite, true, 250 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Any_request_is_answered_and_a_refused_one_changes_nothing(StoreKind store, bool withKeys, int count)
    {
        await using var host = await StartAsync(store, withKeys);
        var endpoints = HostileEndpoint.Of(host.Services.GetRequiredService<EndpointDataSource>());
        var claims = await ArrangeAsync(host);
        var met = endpoints.ToDictionary(endpoint => endpoint.ToString(), _ => new HashSet<int>());
        var state = await WholeStore.ReadAsync(host, withKept: !withKeys);
        var kept = withKeys ? await WholeStore.CountKeptAsync(host) : 0;

        var property = Prop.ForAll(HostileRequest.Of(endpoints).ToArbitrary(), request =>
        {
            var fault = CheckAsync(request).GetAwaiter().GetResult();
            return fault is null ? true : throw new InvalidOperationException($"{fault}\n{request}");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), property);

        if (store == StoreKind.Memory)
        {
            // The rarest of them may be missing among requests made by chance; not among many times as many.
            for (var runs = 1; runs < MostRuns && !Statuses().IsSupersetOf(Expected); runs++)
            {
                Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), property);
            }

            Assert.DoesNotContain(met, pair => pair.Value.Count == 0);
            Assert.Superset(Expected, Statuses());
        }

        HashSet<int> Statuses() => [.. met.Values.SelectMany(seen => seen)];

        async Task<string?> CheckAsync(HostileRequest request)
        {
            var before = (state, kept);
            var answer = await SendAsync(host, request, claims[request.Claim % claims.Count]);
            state = await WholeStore.ReadAsync(host, withKept: !withKeys);
            kept = withKeys ? await WholeStore.CountKeptAsync(host) : 0;
            var endpoint = endpoints.SingleOrDefault(one => one.ToString() == answer.Matched);
            if (endpoint is null)
            {
                // The address is that of no endpoint any more, and the answer is the host's own.
                return answer.Status is 404 or 405 && before == (state, kept) ? null : $"{answer.Status} for an address of nothing";
            }

            met[endpoint.ToString()].Add(answer.Status);
            return Fault(endpoint, request, answer, hasChanged: before.state != state, hasKept: before.kept != kept);
        }
    }

    /// <summary>What is filled in comes to the claim, or the test above would say nothing of the endpoint.</summary>
    [Fact]
    public async Task An_honest_request_comes_to_the_claim_at_every_endpoint()
    {
        await using var host = await StartAsync(StoreKind.Memory, withKeys: false);
        var endpoints = HostileEndpoint.Of(host.Services.GetRequiredService<EndpointDataSource>());
        var claims = await ArrangeAsync(host);

        // Those of cases come first, while there are cases.
        foreach (var endpoint in endpoints.OrderBy(endpoint => endpoint.IsReview ? 0 : 1))
        {
            var statuses = new List<int>();
            for (var i = 0; i < claims.Count && !statuses.Exists(status => status is < 400 or 409 or 422); i++)
            {
                statuses.Add((await SendAsync(host, HostileRequest.Honest(endpoint, i), claims[i])).Status);
            }

            Assert.True(statuses[^1] is < 400 or 409 or 422, $"{endpoint}: {string.Join(", ", statuses)}");
        }
    }

    [Fact]
    public async Task Every_endpoint_that_is_mapped_is_among_them()
    {
        await using var host = await StartAsync(StoreKind.Memory, withKeys: false);
        var source = host.Services.GetRequiredService<EndpointDataSource>();

        Assert.Equal(
            source.Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/')).Order(),
            HostileEndpoint.Of(source).Select(endpoint => endpoint.Route).Order());
    }

    [Fact]
    public async Task An_endpoint_with_a_parameter_that_nothing_fills_is_noticed()
    {
        await using var host = await WebHost.StartAsync(map: app => app.MapDomainVerification("/{team}/domains"));

        var thrown = Assert.Throws<InvalidOperationException>(
            () => HostileEndpoint.Of(host.Services.GetRequiredService<EndpointDataSource>()));

        Assert.Contains("team", thrown.Message, StringComparison.Ordinal);
    }

    private static Task<WebHost> StartAsync(StoreKind store, bool withKeys) => WebHost.StartAsync(
        store,
        options =>
        {
            options.Transfers.Policies = ["asks"];
            options.Transfers.UndoWindow = TimeSpan.FromDays(1);
            options.MaximumPendingClaims = 0;
        },
        configure: (builder, sdk) =>
        {
            builder.Services.AddDataProtection();
            sdk.AddTransferPolicy<Asks>("asks").AddIdempotencyKeys()
                .ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0);
        },
        map: app =>
        {
            app.Use((http, next) =>
            {
                var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
                http.Response.Headers[EndpointMark] = $"{http.Request.Method} {route?.TrimEnd('/')}";
                return next(http);
            });
            var (claims, reviews) = (app.MapDomainVerification("/domains"), app.MapDomainVerificationReviews("/reviews"));
            if (withKeys)
            {
                claims.WithIdempotencyKey();
                reviews.WithIdempotencyKey();
            }
        });

    /// <summary>Claims of two tenants in every state, several of each, since requests that are let through use them up.</summary>
    private static async Task<List<(string Id, string Domain)>> ArrangeAsync(WebHost host)
    {
        var claims = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            foreach (var name in (string[])["held", "contested", "verified", "pending", "anothers"])
            {
                host.World.Zone($"{name}{i}.example");
            }

            claims.Add((await host.HoldAsync($"held{i}.example")).Claim);
            await host.HoldAsync($"contested{i}.example", "bob");
            claims.Add((await host.HoldAsync($"contested{i}.example")).Claim);
            claims.Add(await host.RequestAsync($"verified{i}.example"));
            await host.PublishAsync(claims[^1]);
            await host.SendAsync("POST", claims[^1] + "/verify");
            claims.Add(await host.RequestAsync($"pending{i}.example"));
            claims.Add(await host.RequestAsync($"anothers{i}.example", "bob"));
        }

        var ids = claims.Select(claim => claim.Split('/')[^1]).ToList();
        var all = await host.Store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        return [.. ids.Select(id => (id, all.Claims.Single(claim => claim.Id.ToString() == id).Domain.Value))];
    }

    /// <summary>What is wrong with an answer.</summary>
    private static string? Fault(HostileEndpoint endpoint, HostileRequest request, HostileAnswer answer, bool hasChanged, bool hasKept)
    {
        if (hasKept && request.Headers.Count(header => header.Name == "Idempotency-Key") != 1)
        {
            return $"{answer.Status} is kept under no key";
        }

        if (answer.Status < 400)
        {
            return endpoint.Statuses.Contains(answer.Status) ? null : $"{answer.Status} is not documented";
        }

        if (answer.Type != "application/problem+json")
        {
            return $"{answer.Status} without problem details: {answer.Type} {answer.Body}";
        }

        var problem = JsonDocument.Parse(answer.Body).RootElement;
        var code = problem.GetProperty("code").GetString()!;
        var isOfKey = code.StartsWith("idempotency_", StringComparison.Ordinal);
        if (problem.GetProperty("status").GetInt32() != answer.Status || !(isOfKey || ErrorStatuses.All.ContainsKey(code)))
        {
            return $"{answer.Status} with {answer.Body}";
        }

        if (isOfKey ? hasKept : !endpoint.Statuses.Contains(answer.Status))
        {
            return isOfKey ? $"{code} is kept" : $"{answer.Status} {code} is not documented";
        }

        if (!endpoint.IsReview && request.Body is null && answer.Body.Contains("bob", StringComparison.Ordinal))
        {
            return $"another tenant is named: {answer.Body}";
        }

        // A look is noted with the claim whatever it finds, and a takeover that waits for a person goes on by itself: neither is refused.
        var isNoted = problem.TryGetProperty("report", out _) || code == DomainVerificationErrorCodes.TransferInReview;
        return hasChanged && !isNoted ? $"{answer.Status} {code} changed something" : null;
    }

    private static async Task<HostileAnswer> SendAsync(
        WebHost host,
        HostileRequest request,
        (string Id, string Domain) claim)
    {
        using var abort = new CancellationTokenSource();
        var server = (TestServer)host.Services.GetRequiredService<IServer>();
        var context = await server.SendAsync(http => Fill(http, request, claim), abort.Token);
        using var reader = new StreamReader(context.Response.Body);
        var type = context.Response.ContentType?.Split(';')[0];
        var body = type == "text/event-stream" ? await reader.ReadLineAsync(abort.Token) : await reader.ReadToEndAsync(abort.Token);
        var status = context.Response.StatusCode;
        var matched = context.Response.Headers[EndpointMark].ToString();
        await abort.CancelAsync();
        return new HostileAnswer(status, type, body ?? "", matched);
    }

    private static void Fill(HttpContext http, HostileRequest request, (string Id, string Domain) claim)
    {
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("localhost");
        http.Request.Method = request.Endpoint.Method;
        http.Request.Path = request.Endpoint.Route
            .Replace("{claim}", request.Target ?? claim.Id, StringComparison.Ordinal)
            .Replace("{domain}", request.Target ?? claim.Domain, StringComparison.Ordinal);
        http.Request.QueryString = new QueryString(request.Query);
        http.Request.Headers[TestScheme.Header] =
            $"tenant={Uri.EscapeDataString(request.Tenant)}&sub={(request.Endpoint.IsReview ? "olga" : "jo")}"
            + "&role=DomainVerification.Review";
        foreach (var (name, value) in request.Headers)
        {
            http.Request.Headers.Append(name, value);
        }

        if (request.Body is { } body)
        {
            http.Request.Body = request.Framing == BodyFraming.Broken ? new BrokenBody(body) : new MemoryStream(body);
            http.Request.ContentLength = request.Framing == BodyFraming.Measured ? body.Length : null;
            http.Request.ContentType = request.Type;
        }
    }

    private sealed record HostileAnswer(int Status, string? Type, string Body, string Matched);

    private sealed class Asks : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Review("papers"));
    }
}
