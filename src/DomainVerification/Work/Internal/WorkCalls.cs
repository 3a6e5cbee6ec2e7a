using DomainVerification.Claims.Internal;
using DomainVerification.Identities.Internal;
using DomainVerification.Notices.Internal;

namespace DomainVerification.Work.Internal;

/// <summary>Calls whoever does a piece of work: a provisioner, or an event handler.</summary>
internal sealed class WorkCalls(IClaimStore store, ProvisionerRegistry provisioners, EventHandlerRegistry handlers)
{
    public Task<ProvisionResult> CallAsync(ClaimWork work, CancellationToken cancellationToken) =>
        work.Kind == ClaimWorkKind.Notify ? NotifyAsync(work, cancellationToken) : ProvisionAsync(work, cancellationToken);

    /// <summary>
    /// A name that this process does not know may be known to another one, as long as a new version of the host is rolled out: the work is
    /// tried again.
    /// </summary>
    private async Task<ProvisionResult> ProvisionAsync(ClaimWork work, CancellationToken cancellationToken)
    {
        // The default provisioner of a host that has taken its own out makes nothing, and knows how to remove nothing.
        if (provisioners.Find(work.Target) is not { } provisioner || (provisioner is NullIdentityProvisioner && work.Identities.Count > 0))
        {
            return ProvisionResult.RetryLater(new DomainVerificationError(
                DomainVerificationErrorCodes.ProvisionerUnknown, $"No provisioner is registered as '{work.Target}'."));
        }

        var request = new ProvisionRequest
        {
            OperationId = work.Id,
            ClaimId = work.ClaimId,
            Profile = work.Profile,
            Owner = work.Owner,
            Domain = work.Domain,
            Epoch = work.Epoch,
            Identities = work.Identities,
        };
        var call = work.Kind == ClaimWorkKind.Provision
            ? provisioner.ProvisionAsync(request, cancellationToken)
            : provisioner.ReleaseAsync(request, cancellationToken);
        var answer = await call.ConfigureAwait(false);

        // An answer that cannot be kept would keep its operation from ever being settled: it is a fault, which is counted and tried again.
        return answer is { Identities: { } made } && made.All(CanKeep)
            ? answer
            : throw new InvalidOperationException(
                $"The provisioner '{work.Target}' gave no answer, or identities without a proper text for an id.");
    }

    private static bool CanKeep(ProvisionedIdentity? identity) =>
        identity is { Id: { } id, Kind: { } kind, Records: not null } && HostIdentifier.IsText(id) && HostIdentifier.IsText(kind);

    private async Task<ProvisionResult> NotifyAsync(ClaimWork work, CancellationToken cancellationToken)
    {
        if (handlers.Find(work.Target) is not { } handler)
        {
            return ProvisionResult.RetryLater(new DomainVerificationError(
                DomainVerificationErrorCodes.HandlerUnknown, $"No event handler is registered as '{work.Target}'."));
        }

        var events = await store.ListEventsAsync(work.ClaimId, cancellationToken).ConfigureAwait(false);
        if (events.FirstOrDefault(entry => entry.ClaimVersion == work.ClaimVersion) is { } told)
        {
            await handler.HandleAsync(told, cancellationToken).ConfigureAwait(false);
        }

        // An event that a host has deleted with its claim is told to nobody.
        return ProvisionResult.Done();
    }
}
