using System.Diagnostics.CodeAnalysis;
using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Documents.Internal;
using DomainVerification.AspNetCore.Endpoints.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the claim API.</summary>
public static class DomainVerificationEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints of owners for the claims of one profile. They ask for <see cref="DomainVerificationPolicies.Read"/> and
    /// <see cref="DomainVerificationPolicies.Write"/>. <c>docs/aspnetcore.md</c> lists them.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="prefix">The path that all begin with, such as <c>/domains</c>.</param>
    /// <param name="profile">
    /// The profile; empty for the default one. A host with several maps each at its own path; the operation ids of a named profile end with
    /// <c>_</c> and its name.
    /// </param>
    /// <returns>The group, for policies, rate limits, CORS and filters of the host.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAspNetCore</c> was not called.</exception>
    public static RouteGroupBuilder MapDomainVerification(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix,
        string profile = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(profile);
        RequireServices(endpoints);
        var group = endpoints.MapGroup(prefix).WithTags("Domains").WithMetadata(new ClaimGroup(profile));
        group.AddOpenApiOperationTransformer(OperationDocument.WriteAsync);
        ClaimRoutes.Map(group, profile.Length == 0 ? string.Empty : $"_{profile}");
        return group;
    }

    /// <summary>
    /// Maps the endpoints of operators, who see and decide the takeovers of all owners and profiles. They ask for
    /// <see cref="DomainVerificationPolicies.Review"/>.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="prefix">The path that all begin with, such as <c>/reviews</c>.</param>
    /// <returns>The group, for policies and filters of the host.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAspNetCore</c> was not called.</exception>
    public static RouteGroupBuilder MapDomainVerificationReviews(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        RequireServices(endpoints);
        var group = endpoints.MapGroup(prefix).WithTags("Domain reviews")
            .WithMetadata(ReviewGroup.Instance)
            .RequireAuthorization(DomainVerificationPolicies.Review);
        group.AddOpenApiOperationTransformer(OperationDocument.WriteAsync);
        ReviewRoutes.Map(group);
        return group;
    }

    private static void RequireServices(IEndpointRouteBuilder endpoints)
    {
        var known = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (!known.IsService(typeof(IClaimantAccessor)))
        {
            throw new InvalidOperationException("Call services.AddDomainVerification().AddAspNetCore() before mapping the endpoints.");
        }
    }
}
