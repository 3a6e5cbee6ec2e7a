namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

internal sealed partial class StoreSql
{
    /// <summary>Begins a request where its key is free: unknown, expired, or left behind by a run whose lease is over.</summary>
    public Statement BeginRequest { get; }

    public Statement CompleteRequest { get; }

    public Statement AbandonRequest { get; }

    private (Statement Begin, Statement Complete, Statement Abandon) RequestStatements()
    {
        var requests = _tables.Idempotency;
        const string IsRunning = "scope = $1 AND request_key = $2 AND run = $3 AND outcome IS NULL";
        return (
            MustWrite(
                $"INSERT INTO {requests} AS r (scope, request_key, run, fingerprint, leased_until, expires_at, outcome) "
                + "VALUES ($1, $2, $3, $4, $5, $6, NULL) ON CONFLICT (scope, request_key) DO UPDATE SET run = excluded.run, "
                + "fingerprint = excluded.fingerprint, leased_until = excluded.leased_until, expires_at = excluded.expires_at, outcome = NULL "
                + "WHERE r.expires_at <= $7 "
                + "OR (r.outcome IS NULL AND r.leased_until <= $7 AND r.fingerprint = excluded.fingerprint)"),
            MustWrite($"UPDATE {requests} SET outcome = $4 WHERE {IsRunning}"),
            MustWrite($"DELETE FROM {requests} WHERE {IsRunning}"));
    }
}
