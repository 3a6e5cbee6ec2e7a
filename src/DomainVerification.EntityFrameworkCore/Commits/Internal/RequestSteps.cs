namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The steps that write idempotent requests. Each is refused where the key is not as it must be.</summary>
internal static class RequestSteps
{
    public static Step Begin(StoreSql sql, IdempotencyRequest request) => new(
        sql.BeginRequest,
        request.Key.Scope,
        request.Key.Key,
        request.Run,
        request.Fingerprint.ToArray(),
        request.Now + request.LeaseDuration,
        request.Now + request.Lifetime,
        request.Now);

    public static Step Complete(StoreSql sql, IdempotencyCompletion completion) => new(
        sql.CompleteRequest,
        completion.Key.Scope,
        completion.Key.Key,
        completion.Run,
        completion.Outcome.ToArray());

    public static Step Abandon(StoreSql sql, IdempotencyKey key, Guid run) => new(sql.AbandonRequest, key.Scope, key.Key, run);
}
