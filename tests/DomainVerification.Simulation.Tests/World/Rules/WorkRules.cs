namespace DomainVerification.Simulation.Tests.World.Rules;

/// <summary>No step is lost, doubled, or done by another's work, and everybody is told of everything.</summary>
internal sealed class WorkRules(Ledger ledger)
{
    public void Check(Change change)
    {
        CheckNotices(change);
        foreach (var move in change.Moves)
        {
            CheckMade(move, change);
        }

        foreach (var settled in change.Commit.Settled)
        {
            CheckSettled(settled, change);
        }

        var releases = change.Commit.Work.Where(work => work.Kind == ClaimWorkKind.Release);
        foreach (var work in releases.Where(work => change.Of(work.ClaimId) is not { Ended: true }))
        {
            CheckLateRelease(work, change);
        }

        foreach (var replayed in change.Commit.Replayed)
        {
            var operation = ledger.OperationOf(replayed.Id);
            ledger.Expect(operation.State == OperationState.Dead, "work is replayed that is no dead letter");
            ledger.Expect(
                operation.Work.Kind == ClaimWorkKind.Notify || change.Has(ClaimEventTypes.WorkReplayed), "a replay leaves no event");
        }
    }

    /// <summary>
    /// Each step that waits has its work, one that has failed has its dead letter or none, and one that is done has neither.
    /// </summary>
    public void CheckSteps(IEnumerable<DomainClaim> claims)
    {
        foreach (var claim in claims)
        {
            CheckSteps(claim);
        }
    }

    private void CheckSteps(DomainClaim claim)
    {
        ledger.Expect(
            claim.Status != ClaimStatus.Claimed || claim.Provisioning.All(step => step.State == ProvisioningStepState.Done),
            "a claim is done and its steps are not");
        ledger.Expect(
            claim.Status != ClaimStatus.Provisioning || claim.Provisioning.Any(step => step.State != ProvisioningStepState.Done),
            "all steps are done and the claim is not");
        ledger.Expect(claim.Status.Holds || claim.Provisioning.Count == 0, "steps outlive their holding");
        var provisions = ledger.OperationsOf(claim.Id)
            .Where(item => item.Work.Kind == ClaimWorkKind.Provision && item.State != OperationState.Finished).ToList();
        foreach (var step in claim.Provisioning)
        {
            var open = provisions.Where(item => item.Work.Target == step.Provisioner && item.Work.Epoch == claim.Epoch).ToList();
            ledger.Expect(
                step.State switch
                {
                    ProvisioningStepState.Waiting => open is [{ State: OperationState.Waiting }],
                    ProvisioningStepState.Failed => step.Error is not null && open is [] or [{ State: OperationState.Dead }],
                    _ => open is [],
                },
                $"the step of {step.Provisioner} is {step.State} and its work is not as it must be");
        }

        ledger.Expect(
            provisions.All(item => item.State != OperationState.Dead
                || (item.Work.Epoch == claim.Epoch && claim.Provisioning.Any(step => step.Provisioner == item.Work.Target))),
            "the dead letter of a provision has outlived its reason");
    }

    /// <summary>Each handler hears of each event, by work that is committed with it.</summary>
    private void CheckNotices(Change change)
    {
        var wanted = change.Commit.Events.SelectMany(entry =>
            SimulationParts.Handlers.Select(name => (entry.ClaimId, entry.ClaimVersion, name)));
        var found = change.Commit.Work.Where(work => work.Kind == ClaimWorkKind.Notify)
            .Select(work => (work.ClaimId, work.ClaimVersion, work.Target));
        ledger.Expect(wanted.SequenceEqual(found), "a handler is not to be told of an event, or of one that is none");
    }

    /// <summary>A step is done by the work of its own provisioner for this very holding, and brings what that one said.</summary>
    private void CheckMade(Move move, Change change)
    {
        var (before, after, _) = move;
        foreach (var step in after.Provisioning.Where(step => step.State == ProvisioningStepState.Done))
        {
            if (before?.Provisioning.FirstOrDefault(old => old.Provisioner == step.Provisioner) is { State: ProvisioningStepState.Done })
            {
                continue;
            }

            var made = after.Identities.Where(identity => identity.Provisioner == step.Provisioner).Select(identity => identity.Id);
            ledger.Expect(
                change.Commit.Settled.Select(item => ledger.OperationOf(item.Id)).Any(operation =>
                    operation.Work is { Kind: ClaimWorkKind.Provision } work
                    && (work.ClaimId, work.Epoch, work.Target) == (after.Id, after.Epoch, step.Provisioner)
                    && operation.Answers.Any(answer => answer.Select(identity => identity.Id).SequenceEqual(made))),
                $"the step of {step.Provisioner} is done by what its provisioner never said");
        }

        var known = after.Identities.Except(before?.Identities ?? []).All(identity =>
            after.Provisioning.Any(step => step.Provisioner == identity.Provisioner && step.State == ProvisioningStepState.Done));
        ledger.Expect(known, "a claim has identities of a step that is not done");
    }

    private void CheckSettled(SettledWork settled, Change change)
    {
        var operation = ledger.OperationOf(settled.Id);
        ledger.Expect(operation.State != OperationState.Finished, "work is finished twice");
        if (settled.DeadAt is not null)
        {
            var shows = change.Of(operation.Work.ClaimId)?.Event?.Type;
            ledger.Count(operation.Work.Kind == ClaimWorkKind.Notify ? "dead notice" : "dead letter");
            ledger.Expect(
                operation.Work.Kind == ClaimWorkKind.Notify || shows is ClaimEventTypes.ProvisioningFailed or ClaimEventTypes.ReleaseFailed,
                "a dead letter does not show at its claim");
        }
        else if (settled.RetryAt is null)
        {
            ledger.Expect(
                operation.Work.Kind == ClaimWorkKind.Provision || operation.IsDone || operation.State == OperationState.Dead
                    || operation is { Work.Kind: ClaimWorkKind.Notify, WasGivenUp: true },
                $"a {operation.Work.Kind} is finished and was never done");
        }
    }

    /// <summary>What was made too late is released by who made it, for the holding that it was made for.</summary>
    private void CheckLateRelease(ClaimWork release, Change change)
    {
        ledger.Count(Ledger.LateRelease);
        var late = change.Commit.Settled.Select(item => ledger.OperationOf(item.Id).Work).FirstOrDefault();
        ledger.Expect(
            late is { Kind: ClaimWorkKind.Provision }
                && (late.ClaimId, late.Epoch, late.Target, late.Domain) == (release.ClaimId, release.Epoch, release.Target, release.Domain)
                && release.Identities.Count > 0
                && release.Identities.All(identity => identity.Provisioner == late.Target),
            "what was made too late is released by somebody else, or for another holding");
    }
}
