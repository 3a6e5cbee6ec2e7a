using System.Text.Json;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The document of the API, as Microsoft.AspNetCore.OpenApi makes it, against the table of <c>docs/aspnetcore.md</c>.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_has_the_operations_and_statuses_of_the_table()
    {
        var document = await DocumentAsync(app =>
        {
            app.MapDomainVerification("/domains");
            app.MapDomainVerificationReviews("/reviews");
        });
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation =>
            $"{operation.Value.GetProperty("operationId").GetString()}: {operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}: "
            + string.Join(", ", operation.Value.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order())));
        var table = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "aspnetcore.md"))
            .SkipWhile(line => line != "## Endpoints").TakeWhile(line => line != "## Errors")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|').Select(cell => cell.Trim(' ', '`')).ToList())
            .Select(cells => $"{cells[2]}: {cells[1]}: {cells[4]}");

        Assert.Equal(table.Order(), described.Order());
    }

    [Fact]
    public async Task Each_operation_has_a_summary_its_parameters_and_a_problem_for_each_refusal()
    {
        var document = await DocumentAsync(app => app.MapDomainVerification("/domains"));

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.False(string.IsNullOrWhiteSpace(operation.Value.GetProperty("summary").GetString()));
                var named = operation.Value.TryGetProperty("parameters", out var parameters)
                    ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToList()
                    : [];
                Assert.Equal(path.Name.Contains("{claim}", StringComparison.Ordinal), named.Contains("claim"));
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
                {
                    var isProblem = response.Name[0] is '4' or '5' && response.Name != "401";
                    var hasProblem = response.Value.TryGetProperty("content", out var content)
                        && content.TryGetProperty("application/problem+json", out _);
                    Assert.Equal(isProblem, hasProblem);
                }
            }
        }

        var list = document.GetProperty("paths").EnumerateObject().Single(path => path.Name.TrimEnd('/') == "/domains").Value;
        Assert.Equal(
            ["status", "limit", "after"],
            list.GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Select(parameter => parameter.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_shapes_are_those_of_the_wire_whatever_the_host_sets()
    {
        var document = await DocumentAsync(
            app => app.MapDomainVerification("/domains"),
            services => services.ConfigureHttpJsonOptions(options =>
                options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper));
        var schemas = document.GetProperty("components").GetProperty("schemas");

        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var (claim, held) = await host.HoldAsync("acme.example");
        Described("ClaimResource", (await host.SendAsync("GET", claim)).Json);
        Described("ClaimAnswer", held.Json);
        Described("InstructionsResource", (await host.SendAsync("GET", claim + "/instructions")).Json);
        Described("Problem", (await host.SendAsync("POST", claim + "/cancel")).Json);

        void Described(string schema, JsonElement value)
        {
            var known = schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();
            Assert.All(value.EnumerateObject(), member => Assert.Contains(member.Name, known));
        }
    }

    [Fact]
    public async Task A_named_profile_has_operation_ids_of_its_own()
    {
        var document = await DocumentAsync(
            app =>
            {
                app.MapDomainVerification("/domains");
                app.MapDomainVerification("/sending", "sending");
            },
            services => services.AddDomainVerification().AddProfile("sending"));
        var ids = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("verifyClaim_sending", ids);
    }

    private static async Task<JsonElement> DocumentAsync(Action<WebApplication> map, Action<IServiceCollection>? services = null)
    {
        await using var host = await WebHost.StartAsync(
            configure: (builder, _) =>
            {
                builder.Services.AddOpenApi();
                services?.Invoke(builder.Services);
            },
            map: app =>
            {
                map(app);
                app.MapOpenApi().WithMetadata(new AllowAnonymousAttribute());
            });
        var answer = await host.SendAsync("GET", "/openapi/v1.json");
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json;
    }
}
