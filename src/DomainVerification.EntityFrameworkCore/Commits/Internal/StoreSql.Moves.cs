namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The statements that write many rows at a time, each column as one array. PostgreSQL only.</summary>
internal sealed partial class StoreSql
{
    /// <summary>
    /// Moves <c>$11</c> claims by their versions. None comes to live or to hold, or changes what other rows are compared with, so nothing
    /// about their domains has to be looked at or locked.
    /// </summary>
    public Statement MoveClaims { get; }

    /// <summary>Lets claims be leased, and ends the leases that they have.</summary>
    public Statement SetDues { get; }

    /// <summary>Lets claims be leased no more.</summary>
    public Statement ClearDues { get; }

    public Statement InsertEvents { get; }

    private (Statement Move, Statement SetDues, Statement ClearDues, Statement InsertEvents) MoveStatements()
    {
        var (claims, due, events) = (_tables.Claims, _tables.Due, _tables.Events);
        var move =
            $"WITH moved AS (UPDATE {claims} AS c SET status = v.status, is_holding = v.is_holding, epoch = v.epoch, version = c.version + 1, "
            + "due_at = v.due_at, modified_at = v.modified_at, data = v.data "
            + "FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::boolean[], $5::boolean[], $6::integer[], $7::bigint[], "
            + "$8::timestamptz[], $9::timestamptz[], $10::text[]) "
            + "AS v(id, version, status, is_holding, is_exclusive, generation, epoch, due_at, modified_at, data) "
            + "WHERE c.id = v.id AND c.version = v.version AND c.is_live AND c.is_exclusive = v.is_exclusive "
            + "AND c.generation = v.generation AND (NOT v.is_holding OR (c.is_holding AND c.epoch = v.epoch)) RETURNING 1) "
            + $"SELECT {PostgresRefusal.Unless("(SELECT count(*) FROM moved) = $11", Refusal.VersionConflict)}";
        return (
            new Statement(move, StatementKind.MustWrite, Refusal.VersionConflict),
            Free(
                $"INSERT INTO {due} (claim_id, waits_since) SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) "
                + "ON CONFLICT (claim_id) DO UPDATE SET waits_since = excluded.waits_since"),
            Free($"DELETE FROM {due} WHERE claim_id = ANY ($1::uuid[])"),
            Free(
                $"INSERT INTO {events} (claim_id, claim_version, id, event_type, profile, owner, domain, from_status, to_status, epoch, "
                + "occurred_at, actor_kind, actor_id, evidence, reason) SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], "
                + "$4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::timestamptz[], $12::text[], "
                + "$13::text[], $14::text[], $15::text[])"));
    }
}
