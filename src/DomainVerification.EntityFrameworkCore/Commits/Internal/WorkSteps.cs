using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The steps that write the outbox.</summary>
internal static class WorkSteps
{
    public static Step Enqueue(StoreSql sql, ClaimWork work) => new(
        sql.EnqueueWork,
        work.Id,
        work.Kind.ToString(),
        work.ClaimId.Value,
        work.Profile,
        work.Owner,
        work.Domain.Value,
        work.Epoch,
        work.Target,
        work.ClaimVersion,
        work.Identities.Count == 0
            ? null
            : JsonSerializer.Serialize(work.Identities, StoreJson.Text.IReadOnlyListProvisionedIdentity),
        work.CreatedAt,
        work.DueAt,
        work.Attempts,
        Text(work.LastError));

    /// <summary>
    /// Lets the head be leased where a queue was empty, and nothing wait behind a head that waits for longer: once for all queues of a
    /// domain into which a commit puts work that is due at the same instant, which is nearly always all of it.
    /// </summary>
    public static IEnumerable<Step> OpenQueues(StoreSql sql, IEnumerable<ClaimWork> enqueued) => enqueued
        .GroupBy(work => (work.Profile, work.Domain, work.Target))
        .GroupBy(queue => (queue.Key.Profile, queue.Key.Domain, DueAt: queue.Min(work => work.DueAt).UtcTicks), queue => queue.Key.Target)
        .Select(queues => OpenQueues(sql, queues.Key.Profile, queues.Key.Domain, new DateTimeOffset(queues.Key.DueAt, TimeSpan.Zero), [.. queues]));

    public static IEnumerable<Step> Settle(StoreSql sql, SettledWork settled)
    {
        if (settled.RetryAt is { } retryAt)
        {
            yield return new Step(sql.RetryWork, settled.Id, Text(settled.Error), retryAt);
            yield break;
        }

        yield return new Step(sql.NextHead, settled.Id);
        yield return settled.DeadAt is { } deadAt
            ? new Step(sql.BuryWork, settled.Id, Text(settled.Error), deadAt)
            : new Step(sql.FinishWork, settled.Id);
    }

    public static IEnumerable<Step> Replay(StoreSql sql, ReplayedWork replayed) =>
    [
        new Step(sql.ReplayWork, replayed.Id, replayed.DueAt),
        new Step(sql.BringForward, replayed.Id, replayed.DueAt),
    ];

    private static Step OpenQueues(StoreSql sql, string profile, DomainName domain, DateTimeOffset dueAt, List<string> targets) => new(
        sql.OpenQueues(targets.Count),
        [profile, domain.Value, dueAt, .. targets.Select(target => (Argument)target)]);

    private static string? Text(DomainVerificationError? error) =>
        error is null ? null : JsonSerializer.Serialize(error, StoreJson.Text.DomainVerificationError);
}
