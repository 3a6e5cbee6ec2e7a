namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The steps that write idempotent requests. Each is refused where the key is not as it must be.</summary>
internal static class RequestSteps
{
    public static Step Begin(StoreSql sql, IdempotencyRequest request) => Must(
        sql.BeginRequest,
        request.Key.Scope,
        request.Key.Key,
        request.Run,
        request.Fingerprint.ToArray(),
        request.Now + request.LeaseDuration,
        request.Now + request.Lifetime,
        request.Now);

    public static Step Complete(StoreSql sql, IdempotencyCompletion completion) => Must(
        sql.CompleteRequest,
        completion.Key.Scope,
        completion.Key.Key,
        completion.Run,
        completion.Outcome.ToArray());

    public static Step Abandon(StoreSql sql, IdempotencyKey key, Guid run) => Must(sql.AbandonRequest, key.Scope, key.Key, run);

    private static Step Must(string sql, params IReadOnlyList<Argument> arguments) =>
        new(sql, StepKind.MustWrite, Refusal.VersionConflict, arguments);
}
