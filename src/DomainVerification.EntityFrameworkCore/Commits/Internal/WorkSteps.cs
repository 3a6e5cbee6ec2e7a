using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The steps that write the outbox.</summary>
internal static class WorkSteps
{
    public static IEnumerable<Step> Enqueue(StoreSql sql, ClaimWork work) =>
    [
        new Step(
            sql.EnqueueWork,
            StepKind.MustWrite,
            Refusal.KnownWork,
            work.Id,
            work.Kind.ToString(),
            work.ClaimId.Value,
            work.Profile,
            work.Owner,
            work.Domain.Value,
            work.Epoch,
            work.Identities.Count == 0
                ? null
                : JsonSerializer.Serialize(work.Identities, StoreJson.Text.IReadOnlyListProvisionedIdentity),
            work.CreatedAt,
            work.DueAt,
            work.Attempts,
            Text(work.LastError)),
        Free(sql.BringForward, work.Id, work.DueAt),
    ];

    public static IEnumerable<Step> Settle(StoreSql sql, SettledWork settled)
    {
        if (settled.RetryAt is { } retryAt)
        {
            yield return Must(sql.RetryWork, settled.Id, Text(settled.Error), retryAt);
            yield break;
        }

        yield return Free(sql.NextHead, settled.Id);
        yield return settled.DeadAt is { } deadAt
            ? Must(sql.BuryWork, settled.Id, Text(settled.Error), deadAt)
            : Must(sql.FinishWork, settled.Id);
    }

    public static IEnumerable<Step> Replay(StoreSql sql, ReplayedWork replayed) =>
    [
        Must(sql.ReplayWork, replayed.Id, replayed.DueAt),
        Free(sql.BringForward, replayed.Id, replayed.DueAt),
    ];

    private static string? Text(DomainVerificationError? error) =>
        error is null ? null : JsonSerializer.Serialize(error, StoreJson.Text.DomainVerificationError);

    private static Step Must(string sql, params IReadOnlyList<Argument> arguments) =>
        new(sql, StepKind.MustWrite, Refusal.VersionConflict, arguments);

    private static Step Free(string sql, params IReadOnlyList<Argument> arguments) =>
        new(sql, StepKind.Free, Refusal.VersionConflict, arguments);
}
