namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

internal sealed partial class StoreSql
{
    /// <summary>Puts work at the end of its queue.</summary>
    public Statement EnqueueWork { get; }

    /// <summary>Brings the head of the queue that work <c>$1</c> stands in forward to <c>$2</c>.</summary>
    public Statement BringForward { get; }

    /// <summary>Lets the work behind the head <c>$1</c> be leased, which is about to leave the queue.</summary>
    public Statement NextHead { get; }

    public Statement FinishWork { get; }

    public Statement RetryWork { get; }

    public Statement BuryWork { get; }

    public Statement ReplayWork { get; }

    /// <summary>
    /// Lets the heads of so many queues be leased, at <c>$3</c> at the latest: those of the profile <c>$1</c>, the domain <c>$2</c> and the
    /// targets <c>$4</c>, <c>$5</c> and so on.
    /// </summary>
    public Statement OpenQueues(int targets)
    {
        var heads = Enumerable.Range(4, targets).Select(target => $"({HeadOf("$1", "$2", $"${target}")})");
        return Free(
            $"UPDATE {_tables.Work} AS w SET due_at = CASE WHEN w.due_at > $3 THEN $3 ELSE w.due_at END, waits_since = CASE "
            + "WHEN w.leased_until > $3 OR w.leased_until > w.due_at THEN w.leased_until WHEN w.due_at > $3 THEN $3 ELSE w.due_at END "
            + $"WHERE w.id IN ({string.Join(", ", heads)}) AND (w.waits_since IS NULL OR w.due_at > $3)");
    }

    /// <summary>
    /// A queue has numbers of its own, and the commits that give them follow one another: in PostgreSQL by the lock of the domain, in
    /// SQLite because there is one writer. A place is asked for as the first or the last of the index of the queues, so that its cost does
    /// not depend on how much waits.
    /// </summary>
    private (Statement Enqueue, Statement Bring, Statement Next, Statement Finish, Statement Retry, Statement Bury, Statement Replay)
        WorkStatements()
    {
        var work = _tables.Work;
        const string SameQueue = "q.profile = w.profile AND q.domain = w.domain AND q.target = w.target";
        var isHead = $"w.number = (SELECT min(q.number) FROM {work} q WHERE {SameQueue})";
        return (
            MustInsert(
                $"INSERT INTO {work} (id, number, kind, claim_id, profile, owner, domain, epoch, target, claim_version, identities, created_at, "
                + $"due_at, attempts, last_error) VALUES ($1, (SELECT COALESCE(max(q.number), 0) + 1 FROM {work} q "
                + "WHERE q.profile = $4 AND q.domain = $6 AND q.target = $8), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                Refusal.KnownWork),
            Free(
                $"UPDATE {work} AS w SET due_at = $2, waits_since = CASE WHEN w.leased_until > $2 THEN w.leased_until ELSE $2 END "
                + $"WHERE w.id = (SELECT ({HeadOf("n.profile", "n.domain", "n.target")}) FROM {work} n WHERE n.id = $1) AND w.due_at > $2"),
            Free(
                $"UPDATE {work} AS w SET waits_since = w.due_at WHERE w.id = "
                + $"(SELECT ({HeadOf("n.profile", "n.domain", "n.target", "n.number")}) FROM {work} n WHERE n.id = $1)"),
            MustWrite($"DELETE FROM {work} AS w WHERE w.id = $1 AND (w.number IS NULL OR {isHead})"),
            MustWrite(
                $"UPDATE {work} AS w SET attempts = w.attempts + 1, last_error = $2, due_at = $3, waits_since = $3, leased_until = NULL "
                + $"WHERE w.id = $1 AND {isHead}"),
            MustWrite(
                $"UPDATE {work} AS w SET attempts = w.attempts + 1, last_error = $2, dead_at = $3, number = NULL, waits_since = NULL, "
                + $"leased_until = NULL WHERE w.id = $1 AND {isHead}"),
            MustWrite(
                $"UPDATE {work} AS w SET number = (SELECT COALESCE(max(q.number), 0) + 1 FROM {work} q WHERE {SameQueue}), due_at = $2, "
                + "attempts = 0, last_error = NULL, dead_at = NULL, waits_since = CASE WHEN EXISTS "
                + $"(SELECT 1 FROM {work} q WHERE {SameQueue} AND q.number IS NOT NULL) THEN NULL ELSE $2 END "
                + "WHERE w.id = $1 AND w.number IS NULL"));
    }

    /// <summary>The work that is the first of a queue, or the first behind a number. Dead letters have none.</summary>
    private string HeadOf(string profile, string domain, string target, string behind = "0") =>
        $"SELECT q.id FROM {_tables.Work} q WHERE q.profile = {profile} AND q.domain = {domain} AND q.target = {target} "
        + $"AND q.number > {behind} ORDER BY q.number LIMIT 1";
}
