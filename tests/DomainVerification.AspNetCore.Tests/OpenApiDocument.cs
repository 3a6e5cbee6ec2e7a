using System.Text.Json;
using DomainVerification.AspNetCore.Tests.Web;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The document that a host serves.</summary>
internal sealed class OpenApiDocument(JsonElement root)
{
    public JsonElement Root => root;

    /// <summary>Every operation: method, path as the routes spell it, and what is said of it.</summary>
    public IEnumerable<(string Name, JsonElement Said)> Operations => root.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", operation.Value)));

    public static async Task<OpenApiDocument> ReadAsync(WebHost host)
    {
        var answer = await host.SendAsync("GET", "/openapi/v1.json");
        Assert.True(answer.Status == 200, answer.Body);
        return new OpenApiDocument(answer.Json);
    }

    public JsonElement Operation(string name) => Operations.Single(operation => operation.Name == name).Said;

    public IEnumerable<string> Faults(JsonElement schema, JsonElement value) => SchemaCheck.Faults(root, schema, value);

    /// <summary>The headers that an operation takes, with whether it must have them.</summary>
    public static Dictionary<string, bool> RequestHeaders(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "header").ToDictionary(
                parameter => parameter.GetProperty("name").GetString()!,
                parameter => parameter.TryGetProperty("required", out var required) && required.GetBoolean())
            : [];

    public static List<string> ResponseHeaders(JsonElement response) =>
        response.TryGetProperty("headers", out var headers) ? [.. headers.EnumerateObject().Select(header => header.Name)] : [];
}
