using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Authorization.Internal;

/// <summary>Adds the policies that the host has not added. Runs after all that the host configures, so that its policies win.</summary>
internal sealed class DefaultPolicies : IPostConfigureOptions<AuthorizationOptions>
{
    public void PostConfigure(string? name, AuthorizationOptions options)
    {
        Add(options, DomainVerificationPolicies.Read, policy => policy.RequireAuthenticatedUser());
        Add(options, DomainVerificationPolicies.Write, policy => policy.RequireAuthenticatedUser());

        // Every customer is a signed-in user, and who reviews decides about all of them.
        Add(
            options,
            DomainVerificationPolicies.Review,
            policy => policy.RequireAuthenticatedUser().RequireRole(DomainVerificationPolicies.Review));
    }

    private static void Add(AuthorizationOptions options, string name, Action<AuthorizationPolicyBuilder> configure)
    {
        if (options.GetPolicy(name) is null)
        {
            options.AddPolicy(name, configure);
        }
    }
}
