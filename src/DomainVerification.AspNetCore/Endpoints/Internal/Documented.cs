using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>What documents of the API say of an endpoint.</summary>
internal static class Documented
{
    public static RouteHandlerBuilder As(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary);

    /// <summary>
    /// The JSON body that it reads. No media type is named: routing would refuse all others by itself, before anybody is asked who they
    /// are, and without saying why. Documents take a body without one for JSON.
    /// </summary>
    public static RouteHandlerBuilder Reads<TBody>(this RouteHandlerBuilder endpoint, bool isOptional = false) =>
        endpoint.WithMetadata(new AcceptsMetadata([], typeof(TBody), isOptional));

    /// <summary>The problems that it answers with, beside those of who is not let in.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params IEnumerable<int> statuses)
    {
        endpoint.Produces(StatusCodes.Status401Unauthorized);
        foreach (var status in statuses.Prepend(StatusCodes.Status403Forbidden))
        {
            endpoint.Produces<Problem>(status, Problems.MediaType);
        }

        return endpoint;
    }
}
