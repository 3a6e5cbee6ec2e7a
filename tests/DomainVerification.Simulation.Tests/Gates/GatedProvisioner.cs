using System.Diagnostics.CodeAnalysis;
using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>
/// A provisioner that takes its time, ignores its token, and may do its work and say otherwise. It sees each call that should not be made.
/// </summary>
internal sealed class GatedProvisioner(Node node, SimulationRun simulation) : IIdentityProvisioner
{
    private static readonly DomainVerificationError Busy = new("busy", "Come back later.");
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");

    public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        if (simulation.Ledger.Find(request.ClaimId) is not { Status: ClaimStatus.Provisioning } claim || claim.Epoch != request.Epoch)
        {
            simulation.Violate($"a provision is asked for {request.Owner} at epoch {request.Epoch}, who does not wait for it");
        }

        return simulation.CallAsync(node, "provision", () => Provision(request, cancellationToken));
    }

    public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        if (simulation.Ledger.Find(request.ClaimId) is { Status.Holds: true } claim && claim.Epoch == request.Epoch)
        {
            simulation.Violate($"a release is asked for {request.Owner}, who holds at epoch {request.Epoch}");
        }

        return simulation.CallAsync(node, "release", () => Release(request, cancellationToken));
    }

    private ProvisionResult Provision(ProvisionRequest request, CancellationToken cancellationToken)
    {
        NoteLate(cancellationToken);
        if (Refuses(out var refusal) && simulation.Random.Chance(500))
        {
            return refusal;
        }

        if (simulation.Provisioned.Make(request) is not { } identity)
        {
            return ProvisionResult.Failed(ProvisionedWorld.TooLate);
        }

        return refusal ?? ProvisionResult.Done(identity);
    }

    private ProvisionResult Release(ProvisionRequest request, CancellationToken cancellationToken)
    {
        NoteLate(cancellationToken);
        if (Refuses(out var refusal) && simulation.Random.Chance(500))
        {
            return refusal;
        }

        simulation.Provisioned.Remove(new Holding(request.ClaimId, request.Epoch));
        simulation.Ledger.NoteReleased(request.OperationId);
        return refusal ?? ProvisionResult.Done();
    }

    /// <summary>The worker has waited as long as its lease, and has gone on; the call takes effect all the same.</summary>
    private void NoteLate(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            simulation.Strike("done after the lease", node);
        }
    }

    /// <summary>Whether the answer will be no; half of those who say no have done it all the same.</summary>
    private bool Refuses([NotNullWhen(true)] out ProvisionResult? refusal)
    {
        TimeSpan? pause = simulation.Random.Chance(500) ? TimeSpan.FromMinutes(simulation.Random.Below(120)) : null;
        refusal = simulation.Draws(weather => weather.Failure) ? ProvisionResult.Failed(Quota)
            : simulation.Draws(weather => weather.Refusal) ? ProvisionResult.RetryLater(Busy, pause)
            : null;
        return refusal is not null;
    }
}
