using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Work.Internal;

/// <summary>Lets an operator see the outbox and decide about its dead letters, each decision in one commit with its audit event.</summary>
internal sealed class OutboxOperator(
    IClaimStore store,
    ClaimCommits commits,
    TimeProvider time,
    ILogger<OutboxOperator> logger) : IOutbox
{
    /// <summary>Somebody commits in every round, so only a caller with very bad luck gets a <c>version_conflict</c>.</summary>
    private const int MaximumRounds = 32;

    public async Task<WorkPage> ListAsync(WorkQuery? query, CancellationToken cancellationToken)
    {
        var wanted = query ?? new WorkQuery();
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted.PageSize, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted.PageSize, WorkQuery.MaximumPageSize, nameof(query));
        return await store.ListWorkAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ClaimWork?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await store.FindWorkAsync(id, cancellationToken).ConfigureAwait(false);

    public Task<WorkResult> ReplayAsync(Guid id, ClaimActor actor, CancellationToken cancellationToken) =>
        DecideAsync(
            id,
            actor,
            work => new ClaimCommand.ReplayWork(work),
            (commit, now) => commit with { Replayed = [new ReplayedWork(id, now)] },
            (work, now) => work with { DueAt = now, Attempts = 0, LastError = null, DeadAt = null },
            cancellationToken);

    public Task<WorkResult> DiscardAsync(Guid id, ClaimActor actor, CancellationToken cancellationToken) =>
        DecideAsync(
            id,
            actor,
            work => new ClaimCommand.DiscardWork(work),
            (commit, _) => commit with { Settled = [new SettledWork(id)] },
            (work, _) => work,
            cancellationToken);

    private async Task<WorkResult> DecideAsync(
        Guid id,
        ClaimActor actor,
        Func<ClaimWork, ClaimCommand> command,
        Func<ClaimCommit, DateTimeOffset, ClaimCommit> complete,
        Func<ClaimWork, DateTimeOffset, ClaimWork> after,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        for (var i = 0; i < MaximumRounds; i++)
        {
            // The claim is read before the state of the work. All that makes the work of a provisioner a dead letter, or lets it wait
            // again, moves the claim too, so a decision about a state that has passed is refused with the claim's version.
            var claim = await FindClaimAsync(id, cancellationToken).ConfigureAwait(false);
            var work = await store.FindWorkAsync(id, cancellationToken).ConfigureAwait(false);
            if (claim is null || work is null)
            {
                return WorkResult.Failed(WorkResultStatus.NotFound, WorkRefusals.NotFound);
            }

            if (work.DeadAt is null)
            {
                return WorkResult.Failed(WorkResultStatus.Refused, WorkRefusals.NotDead, work);
            }

            var now = time.GetUtcNow();
            var decided = work.Kind == ClaimWorkKind.Notify ? null : ClaimLifecycle.Apply(claim, command(work), actor, now);
            if (decided?.Error is { } refusal)
            {
                return WorkResult.Failed(WorkResultStatus.Refused, refusal, work);
            }

            // A notice that is told or not moves no claim, and must not cause the next notice.
            var commit = complete(decided is null ? new ClaimCommit() : commits.Of(decided), now);
            if (await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
            {
                DomainVerificationDiagnostics.Record(logger, commit.Events);
                var isReplayed = commit.Replayed.Count > 0;
                DomainVerificationDiagnostics.Log.DeadLetterDecided(logger, work.Id, work.Kind, work.Domain, isReplayed, actor);
                return WorkResult.Done(after(work, now));
            }
        }

        return WorkResult.Failed(WorkResultStatus.Conflict, ClaimRefusals.VersionConflict);
    }

    private async Task<DomainClaim?> FindClaimAsync(Guid id, CancellationToken cancellationToken) =>
        await store.FindWorkAsync(id, cancellationToken).ConfigureAwait(false) is { } work
            ? await store.FindAsync(work.ClaimId, cancellationToken).ConfigureAwait(false)
            : null;
}
