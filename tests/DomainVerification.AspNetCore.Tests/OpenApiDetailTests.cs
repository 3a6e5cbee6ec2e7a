using System.Text;
using System.Text.Json;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Tests.Hostile;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Headers and examples of the served document, and that real answers are as it says.</summary>
public sealed class OpenApiDetailTests
{
    private static readonly string[] _told = ["ETag", "Location", "Content-Location", "Retry-After"];

    [Fact]
    public async Task Each_body_has_an_example_that_its_schema_allows()
    {
        await using var host = await StartAsync();
        var document = await OpenApiDocument.ReadAsync(host);
        var count = 0;

        foreach (var (name, operation) in document.Operations)
        {
            var bodies = operation.GetProperty("responses").EnumerateObject().Select(response => (Of: response.Name, response.Value));
            bodies = operation.TryGetProperty("requestBody", out var sent) ? bodies.Append(("request", sent)) : bodies;
            foreach (var (of, body) in bodies.Where(body => body.Value.TryGetProperty("content", out _)))
            {
                var content = Assert.Single(body.GetProperty("content").EnumerateObject());
                Assert.True(content.Value.TryGetProperty("example", out var example), $"{name} {of} has no example");
                Assert.Empty(document.Faults(content.Value.GetProperty("schema"), example).Select(fault => $"{name} {of}: {fault}"));
                count++;
                if (content.Name == "application/problem+json")
                {
                    Assert.Equal(int.Parse(of, null), example.GetProperty("status").GetInt32());
                    Assert.Equal(int.Parse(of, null), ErrorStatuses.All[example.GetProperty("code").GetString()!]);
                }
            }
        }

        Assert.True(count > 100, $"{count} bodies");
    }

    [Fact]
    public async Task Each_request_header_is_documented_where_it_means_something()
    {
        await using var host = await StartAsync();
        var document = await OpenApiDocument.ReadAsync(host);

        foreach (var (name, operation) in document.Operations)
        {
            var statuses = operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet();
            var headers = OpenApiDocument.RequestHeaders(operation);
            Assert.Equal((name, statuses.Contains("412")), (name, headers.ContainsKey("If-Match")));
            Assert.Equal((name, statuses.Contains("304")), (name, headers.ContainsKey("If-None-Match")));
            Assert.Equal((name, name.EndsWith("/events", StringComparison.Ordinal)), (name, headers.ContainsKey("Last-Event-ID")));
            Assert.False(headers.ContainsKey("Idempotency-Key"), name);
            Assert.DoesNotContain(true, headers.Values);
        }

        // A filter of a list is no duty.
        var filters = document.Operation("GET /domains").GetProperty("parameters").EnumerateArray();
        Assert.DoesNotContain(filters, parameter => parameter.TryGetProperty("required", out var required) && required.GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_of_idempotent_requests_is_documented_with_its_refusals(bool isRequired)
    {
        await using var host = await StartAsync(group =>
            _ = isRequired ? group.RequireIdempotency(IdempotencyOptions.Migma()) : group.WithIdempotencyKey());
        var document = await OpenApiDocument.ReadAsync(host);

        foreach (var (name, operation) in document.Operations)
        {
            var headers = OpenApiDocument.RequestHeaders(operation);
            var takesKey = !name.StartsWith("GET ", StringComparison.Ordinal);
            Assert.Equal((name, takesKey, takesKey && isRequired), (name, headers.TryGetValue("Idempotency-Key", out var must), must));
            if (takesKey)
            {
                var responses = operation.GetProperty("responses");
                Assert.All(
                    isRequired ? ["400", "409", "413", "503"] : (string[])["400", "409", "413", "422", "503"],
                    status => Assert.Empty(Faults(document, responses.GetProperty(status))));
            }
        }

        static IEnumerable<string> Faults(OpenApiDocument document, JsonElement response)
        {
            var content = response.GetProperty("content").GetProperty("application/problem+json");
            return document.Faults(content.GetProperty("schema"), content.GetProperty("example"));
        }
    }

    [Fact]
    public async Task Each_real_answer_is_as_the_document_says()
    {
        await using var documented = await StartAsync();
        var document = await OpenApiDocument.ReadAsync(documented);
        var seen = new HashSet<string>();
        foreach (var endpoint in HostileEndpoint.Of(documented.Services.GetRequiredService<EndpointDataSource>()))
        {
            // Each on its own claims, since many requests end what they are about.
            await using var host = await StartAsync();
            foreach (var (claim, domain) in (await ArrangeAsync(host)).Append((Guid.Empty.ToString(), "none.example")))
            {
                var path = endpoint.Route.Replace("{claim}", claim, StringComparison.Ordinal)
                    .Replace("{domain}", domain, StringComparison.Ordinal);
                foreach (var answer in await AskAsync(host, endpoint, path))
                {
                    seen.UnionWith(Hold(document, endpoint.ToString(), answer));
                }
            }
        }

        // What is documented and was never met is not shown to be true.
        var promised = document.Operations.SelectMany(operation => operation.Said.GetProperty("responses").EnumerateObject()
            .SelectMany(response => OpenApiDocument.ResponseHeaders(response.Value)
                .Where(header => header != "Retry-After")
                .Select(header => $"{operation.Name} {response.Name} {header}")));
        Assert.Empty(promised.Except(seen));
        Assert.Contains("POST /domains/{claim}/verify 422 Retry-After", seen);
        Assert.Contains("POST /domains/{claim}/confirm 429 Retry-After", seen);
    }

    /// <summary>Holds an answer against the document; gives the headers that it told.</summary>
    private static IEnumerable<string> Hold(OpenApiDocument document, string operation, Answer answer)
    {
        var responses = document.Operation(operation).GetProperty("responses");
        Assert.True(responses.TryGetProperty($"{answer.Status}", out var response), $"{operation} answered {answer.Status} {answer.Body}");
        var told = _told.Where(answer.Headers.ContainsKey).ToList();
        Assert.Empty(told.Except(OpenApiDocument.ResponseHeaders(response)).Select(header => $"{operation} {answer.Status}: {header}"));
        if (answer.Body.Length > 0 && answer.MediaType != "text/event-stream")
        {
            var content = response.GetProperty("content").GetProperty(answer.MediaType!);
            var faults = document.Faults(content.GetProperty("schema"), answer.Json);
            Assert.Empty(faults.Select(fault => $"{operation} {answer.Status}: {fault}"));
        }

        return told.Select(header => $"{operation} {answer.Status} {header}");
    }

    /// <summary>Asks as it is meant, and with conditions that do not hold and a body that is none.</summary>
    private static async Task<List<Answer>> AskAsync(WebHost host, HostileEndpoint endpoint, string path)
    {
        var body = HostileRequest.Honest(endpoint, 0).Body is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        var answers = new List<Answer> { await SendAsync(host, endpoint, path, body, ("If-Match", "\"00\"")) };
        answers.Add(await SendAsync(host, endpoint, path, body is null ? null : "{", null));
        answers.Add(await SendAsync(host, endpoint, path, body, null));
        if (endpoint.Method == "GET" && answers[^1].Headers.TryGetValue("ETag", out var tag))
        {
            answers.Add(await SendAsync(host, endpoint, path, body, ("If-None-Match", tag)));
        }

        for (var i = 0; i < 10 && path.EndsWith("/confirm", StringComparison.Ordinal); i++)
        {
            answers.Add(await SendAsync(host, endpoint, path, body, null));
        }

        return answers;
    }

    private static Task<Answer> SendAsync(
        WebHost host,
        HostileEndpoint endpoint,
        string path,
        string? body,
        (string Name, string Value)? header) => host.SendAsync(endpoint.Method, path, null, body, request =>
        {
            request.Headers.Add(TestScheme.Header, $"tenant=ann&sub={(endpoint.IsReview ? "olga" : "jo")}&role=DomainVerification.Review");
            if (header is { } one)
            {
                request.Headers.TryAddWithoutValidation(one.Name, one.Value);
            }
        });

    private static async Task<List<(string Id, string Domain)>> ArrangeAsync(WebHost host)
    {
        var claims = new List<(string, string)>();
        for (var i = 0; i < 2; i++)
        {
            string[] domains = [$"contested{i}.example", $"held{i}.example", $"pending{i}.example"];
            foreach (var domain in domains)
            {
                host.World.Zone(domain);
            }

            await host.HoldAsync(domains[0], "bob");
            claims.Add(((await host.HoldAsync(domains[0])).Claim.Split('/')[^1], domains[0]));
            if (i == 0)
            {
                await host.ReviewAsync("POST", $"/reviews/{claims[^1].Item1}/approve");
                await host.SendAsync("POST", $"/domains/{claims[^1].Item1}/claim");
            }

            claims.Add(((await host.HoldAsync(domains[1])).Claim.Split('/')[^1], domains[1]));
            claims.Add(((await host.RequestAsync(domains[2])).Split('/')[^1], domains[2]));
        }

        return claims;
    }

    private static Task<WebHost> StartAsync(Func<RouteGroupBuilder, RouteGroupBuilder>? shape = null) => WebHost.StartAsync(
        profile: options =>
        {
            options.Transfers.Policies = ["asks"];
            options.Transfers.UndoWindow = TimeSpan.FromDays(1);
        },
        configure: (builder, sdk) =>
        {
            builder.Services.AddOpenApi();
            builder.Services.AddDataProtection();
            sdk.AddTransferPolicy<Asks>("asks").AddIdempotencyKeys();
        },
        map: app =>
        {
            var (claims, reviews) = (app.MapDomainVerification("/domains"), app.MapDomainVerificationReviews("/reviews"));
            shape?.Invoke(claims);
            shape?.Invoke(reviews);
            app.MapOpenApi().WithMetadata(new AllowAnonymousAttribute());
        });

    private sealed class Asks : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Review("papers"));
    }
}
