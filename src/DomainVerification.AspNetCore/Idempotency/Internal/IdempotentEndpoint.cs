using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// Stands around the whole of an endpoint, parameter binding and the writing of the result included: a filter would come too late to see
/// the body's bytes, and too early to see the response's.
/// </summary>
internal sealed class IdempotentEndpoint
{
    private static readonly IdempotentEndpoint Wrapped = new();

    public static void Wrap(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.Contains(Wrapped) || endpoint.RequestDelegate is not { } inner)
        {
            return;
        }

        endpoint.Metadata.Add(Wrapped);
        var metadata = endpoint.Metadata.OfType<IdempotencyKeyMetadata>().Last();
        var template = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText ?? endpoint.DisplayName ?? string.Empty;
        endpoint.RequestDelegate = context =>
            IsSafe(context.Request.Method)
                ? inner(context)
                : context.RequestServices.GetRequiredService<IdempotencyRunner>().InvokeAsync(context, metadata, template, inner);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
