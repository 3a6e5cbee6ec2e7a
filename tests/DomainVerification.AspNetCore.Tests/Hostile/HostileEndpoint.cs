using System.Reflection;
using System.Text.Json.Serialization;
using DomainVerification.AspNetCore.Endpoints.Internal;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DomainVerification.AspNetCore.Tests.Hostile;

/// <summary>An endpoint of the SDK, with all that a request to it can be filled with, as the endpoint itself says.</summary>
/// <param name="Route">Its pattern.</param>
/// <param name="Method">Its method.</param>
/// <param name="Queries">The names of its query parameters.</param>
/// <param name="Members">The members of its body, empty where it reads none.</param>
/// <param name="Statuses">The statuses that it documents.</param>
/// <param name="IsReview">Whether it is one of operators.</param>
public sealed record HostileEndpoint(
    string Route,
    string Method,
    IReadOnlyList<string> Queries,
    IReadOnlyList<string> Members,
    IReadOnlySet<int> Statuses,
    bool IsReview)
{
    private static readonly HashSet<string> _fillable = ["claim", "domain"];

    public override string ToString() => $"{Method} {Route}";

    /// <summary>Every endpoint that the SDK has mapped; throws where one has a parameter that nothing here knows to fill.</summary>
    internal static IReadOnlyList<HostileEndpoint> Of(EndpointDataSource source) =>
    [
        .. source.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ClaimGroup>() is not null
                || endpoint.Metadata.GetMetadata<ReviewGroup>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => Of(endpoint, method))),
    ];

    private static HostileEndpoint Of(RouteEndpoint endpoint, string method)
    {
        var pattern = endpoint.RoutePattern;
        var strange = pattern.Parameters.FirstOrDefault(parameter => !_fillable.Contains(parameter.Name));
        if (strange is not null)
        {
            throw new InvalidOperationException(
                $"{method} {pattern.RawText} has the parameter {strange.Name}, and nothing says what to fill in. "
                + $"Say it in {nameof(HostileEndpoint)}.");
        }

        var queries = endpoint.Metadata.OfType<MethodInfo>().SelectMany(handler => handler.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<FromQueryAttribute>())
            .OfType<FromQueryAttribute>().Select(query => query.Name!);
        var members = (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType?.GetProperties() ?? [])
            .Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>();
        return new HostileEndpoint(
            pattern.RawText!.TrimEnd('/'),
            method,
            [.. queries],
            [.. members],
            endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(response => response.StatusCode).ToHashSet(),
            endpoint.Metadata.GetMetadata<ReviewGroup>() is not null);
    }
}
