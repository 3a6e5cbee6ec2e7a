namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

internal sealed partial class StoreSql
{
    /// <summary>Puts work at the end of its queue.</summary>
    public Statement EnqueueWork { get; }

    /// <summary>Lets the head of the queue <c>$1</c>, <c>$2</c> be leased, at <c>$3</c> at the latest.</summary>
    public Statement OpenQueue { get; }

    /// <summary>Brings the head of the queue that work <c>$1</c> stands in forward to <c>$2</c>.</summary>
    public Statement BringForward { get; }

    /// <summary>Lets the work behind the head <c>$1</c> be leased, which is about to leave the queue.</summary>
    public Statement NextHead { get; }

    public Statement FinishWork { get; }

    public Statement RetryWork { get; }

    public Statement BuryWork { get; }

    public Statement ReplayWork { get; }

    /// <summary>
    /// A queue has numbers of its own, and the commits that give them follow one another: in PostgreSQL by the lock of the domain, in SQLite
    /// because there is one writer.
    /// </summary>
    private (Statement Enqueue, Statement Open, Statement Bring, Statement Next, Statement Finish, Statement Retry, Statement Bury,
        Statement Replay) WorkStatements()
    {
        var work = _tables.Work;
        var sameQueue = "q.profile = w.profile AND q.domain = w.domain";
        var isHead = $"w.number = (SELECT min(q.number) FROM {work} q WHERE {sameQueue})";
        return (
            MustInsert(
                $"INSERT INTO {work} (id, number, kind, claim_id, profile, owner, domain, epoch, identities, created_at, due_at, attempts, "
                + $"last_error) VALUES ($1, (SELECT COALESCE(max(q.number), 0) + 1 FROM {work} q WHERE q.profile = $4 AND q.domain = $6), "
                + "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                Refusal.KnownWork),
            Free(
                $"UPDATE {work} AS w SET due_at = CASE WHEN w.due_at > $3 THEN $3 ELSE w.due_at END, waits_since = CASE "
                + "WHEN w.leased_until > $3 OR w.leased_until > w.due_at THEN w.leased_until WHEN w.due_at > $3 THEN $3 ELSE w.due_at END "
                + $"WHERE w.profile = $1 AND w.domain = $2 AND {isHead} AND (w.waits_since IS NULL OR w.due_at > $3)"),
            Free(
                $"UPDATE {work} AS w SET due_at = $2, waits_since = CASE WHEN w.leased_until > $2 THEN w.leased_until ELSE $2 END "
                + $"WHERE (w.profile, w.domain) = (SELECT n.profile, n.domain FROM {work} n WHERE n.id = $1) "
                + "AND w.waits_since IS NOT NULL AND w.due_at > $2"),
            Free(
                $"UPDATE {work} AS w SET waits_since = w.due_at "
                + $"WHERE (w.profile, w.domain) = (SELECT n.profile, n.domain FROM {work} n WHERE n.id = $1) AND w.number = "
                + $"(SELECT min(q.number) FROM {work} q WHERE {sameQueue} AND q.number > (SELECT n.number FROM {work} n WHERE n.id = $1))"),
            MustWrite($"DELETE FROM {work} AS w WHERE w.id = $1 AND (w.number IS NULL OR {isHead})"),
            MustWrite(
                $"UPDATE {work} AS w SET attempts = w.attempts + 1, last_error = $2, due_at = $3, waits_since = $3, leased_until = NULL "
                + $"WHERE w.id = $1 AND {isHead}"),
            MustWrite(
                $"UPDATE {work} AS w SET attempts = w.attempts + 1, last_error = $2, dead_at = $3, number = NULL, waits_since = NULL, "
                + $"leased_until = NULL WHERE w.id = $1 AND {isHead}"),
            MustWrite(
                $"UPDATE {work} AS w SET number = (SELECT COALESCE(max(q.number), 0) + 1 FROM {work} q WHERE {sameQueue}), due_at = $2, "
                + "attempts = 0, last_error = NULL, dead_at = NULL, waits_since = CASE WHEN EXISTS "
                + $"(SELECT 1 FROM {work} q WHERE {sameQueue} AND q.number IS NOT NULL) THEN NULL ELSE $2 END "
                + "WHERE w.id = $1 AND w.number IS NULL"));
    }
}
