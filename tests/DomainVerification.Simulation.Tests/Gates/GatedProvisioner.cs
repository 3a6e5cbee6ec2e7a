using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>
/// A provisioner that takes its time or never answers, ignores its token, is down for a day, may do its work and say otherwise, or say
/// that it did what it did not. It sees each call that should not be made.
/// </summary>
internal sealed class GatedProvisioner(Node node, SimulationRun simulation, string name) : IIdentityProvisioner
{
    private static readonly DomainVerificationError Busy = new("busy", "Come back later.");
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");

    private ProvisionedWorld Made => simulation.Provisioned[name];

    public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        if (simulation.Ledger.Find(request.ClaimId) is not { Status: ClaimStatus.Provisioning } claim
            || claim.Epoch != request.Epoch
            || claim.Provisioning.All(step => step.Provisioner != name || step.State == ProvisioningStepState.Done))
        {
            simulation.Violate($"a provision by {name} is asked for {request.Owner} at epoch {request.Epoch}, who does not wait for it");
        }

        return simulation.CallAsync(node, "provision", () => Provision(request, cancellationToken), mayHang: true);
    }

    public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        if (simulation.Ledger.Find(request.ClaimId) is { Status.Holds: true } claim && claim.Epoch == request.Epoch)
        {
            simulation.Violate($"a release is asked for {request.Owner}, who holds at epoch {request.Epoch}");
        }

        if (request.Identities.Any(identity => identity.Provisioner != name))
        {
            simulation.Violate($"{name} is asked to release what another provisioner has made");
        }

        return simulation.CallAsync(node, "release", () => Release(request, cancellationToken), mayHang: true);
    }

    private ProvisionResult Provision(ProvisionRequest request, CancellationToken cancellationToken)
    {
        NoteArrival(cancellationToken);
        if (simulation.Draws(weather => weather.Lie))
        {
            return Lie(request);
        }

        if (Refuses(out var refusal) && simulation.Random.Chance(500))
        {
            return refusal;
        }

        if (Made.Make(request) is not { } identity)
        {
            return ProvisionResult.Failed(ProvisionedWorld.TooLate);
        }

        return refusal ?? Told(request, [identity]);
    }

    private ProvisionResult Release(ProvisionRequest request, CancellationToken cancellationToken)
    {
        NoteArrival(cancellationToken);
        if (simulation.Draws(weather => weather.Lie))
        {
            simulation.Strike("lie", node);
            simulation.Ledger.NoteLie(request.ClaimId, request.Epoch, name);
            simulation.Ledger.NoteReleased(request.OperationId);
            return ProvisionResult.Done();
        }

        if (Refuses(out var refusal) && simulation.Random.Chance(500))
        {
            return refusal;
        }

        Made.Remove(new Holding(request.ClaimId, request.Epoch));
        simulation.Ledger.NoteReleased(request.OperationId);
        return refusal ?? ProvisionResult.Done();
    }

    /// <summary>
    /// Says that it is done: with what does not exist, with what belongs to another holding, with the same twice, or with nothing; or
    /// gives no answer at all where one is due.
    /// </summary>
    private ProvisionResult Lie(ProvisionRequest request)
    {
        simulation.Strike("lie", node);
        simulation.Ledger.NoteLie(request.ClaimId, request.Epoch, name);
        var invented = new ProvisionedIdentity
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{name}/invented-{simulation.NextToken()}"),
            Kind = name,
        };
        return simulation.Random.Below(6) switch
        {
            0 => Told(request, [invented]),
            1 => Told(request, [Made.NewestOf(request) ?? invented]),
            2 => Made.Make(request) is { } identity
                ? Told(request, [identity, identity])
                : ProvisionResult.Failed(ProvisionedWorld.TooLate),
            3 => Told(request, []),
            4 => Told(request, null!),
            _ => null!,
        };
    }

    private ProvisionResult Told(ProvisionRequest request, IReadOnlyList<ProvisionedIdentity> identities)
    {
        simulation.Ledger.NoteMade(request.OperationId, identities ?? []);
        return ProvisionResult.Done(identities!);
    }

    /// <summary>The worker may have waited as long as its lease and have gone on; the call takes effect all the same.</summary>
    private void NoteArrival(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            simulation.Strike("done after the lease", node);
        }

        if (!simulation.IsCalm && simulation.Clock.GetUtcNow() < Made.DownUntil)
        {
            simulation.Strike("provisioner is down", node);
            throw new SimulatedOutageException();
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
