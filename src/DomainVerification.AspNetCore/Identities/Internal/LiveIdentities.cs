using DomainVerification.AspNetCore.Endpoints.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Identities.Internal;

/// <summary>The identities of a claim, with how they are now where their provisioner knows it.</summary>
internal sealed partial class LiveIdentities(IServiceProvider services, ILogger<LiveIdentities> logger)
{
    public async Task<IdentityList> ListAsync(ClaimCall call, CancellationToken cancellationToken)
    {
        var claim = call.Claim;
        var known = new Dictionary<(string Provisioner, string Id), IdentityStatus>();
        var names = claim.Status.Holds ? claim.Identities.Select(identity => identity.Provisioner).Distinct(StringComparer.Ordinal) : [];
        foreach (var name in names)
        {
            foreach (var status in await AskAsync(name, claim, cancellationToken).ConfigureAwait(false))
            {
                known[(name, status.Id)] = status;
            }
        }

        return new IdentityList
        {
            Identities =
            [
                .. claim.Identities.Select(identity =>
                    IdentityResource.Of(identity, known.GetValueOrDefault((identity.Provisioner, identity.Id)))),
            ],
        };
    }

    private async Task<IReadOnlyList<IdentityStatus>> AskAsync(string name, DomainClaim claim, CancellationToken cancellationToken)
    {
        var provisioner = name.Length == 0
            ? services.GetService<IIdentityProvisioner>()
            : services.GetKeyedService<IIdentityProvisioner>(name);
        if (provisioner is not IIdentityStatuses statuses)
        {
            return [];
        }

        try
        {
            return await statuses.ListStatusesAsync(claim, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What was made, and has to be published, is known all the same.
            Log.StatusesFaulted(logger, exception, name, claim.Id);
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            9005,
            LogLevel.Warning,
            "The provisioner {Provisioner} threw when it was asked how the identities of claim {ClaimId} are; they are shown without",
            EventName = "StatusesFaulted")]
        public static partial void StatusesFaulted(ILogger logger, Exception exception, string provisioner, ClaimId claimId);
    }
}
