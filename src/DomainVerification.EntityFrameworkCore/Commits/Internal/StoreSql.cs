using System.Runtime.CompilerServices;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// The statements that write, for one set of tables. The few words that the two databases spell differently are chosen
/// here.
/// </summary>
internal sealed partial class StoreSql
{
    private static readonly ConditionalWeakTable<StoreTables, StoreSql> Known = [];

    private readonly StoreTables _tables;

    private StoreSql(StoreTables tables)
    {
        _tables = tables;
        var (claims, domains) = (tables.Claims, tables.Domains);

        // The row is written, not only locked: that takes a transaction back which goes on seeing what was there before the others, at any
        // isolation level. It would otherwise put work behind a head that is gone, where nobody ever leases it.
        LockDomain = Free(
            $"INSERT INTO {domains} AS d (profile, domain, epoch) VALUES ($1, $2, 0) "
            + "ON CONFLICT (profile, domain) DO UPDATE SET epoch = d.epoch");

        LockDomainOfWork = Free(
            $"UPDATE {domains} AS d SET epoch = d.epoch FROM {tables.Work} w "
            + "WHERE w.profile = d.profile AND w.domain = d.domain AND w.id = $1");

        RaiseEpoch = MustWrite(
            $"INSERT INTO {domains} AS d (profile, domain, epoch) VALUES ($1, $2, $3) ON CONFLICT (profile, domain) DO UPDATE "
            + "SET epoch = CASE WHEN d.epoch < excluded.epoch THEN excluded.epoch ELSE d.epoch END "
            + $"WHERE d.epoch < excluded.epoch OR EXISTS (SELECT 1 FROM {claims} c WHERE c.id = $4 AND c.is_holding AND c.epoch = $3)");

        InsertClaim = InsertNewest(
            $"INSERT INTO {claims} (id, profile, owner, domain, status, is_live, is_holding, is_exclusive, epoch, version, due_at, "
            + "created_at, modified_at, data, generation) ",
            "$1, $2, $3, $4, $5, $6, $7, $8, $10, $11, $12, $13, $14, $15",
            $"NOT EXISTS (SELECT 1 FROM {claims} c WHERE c.profile = $2 AND c.owner = $3 AND c.domain = $4 AND c.generation >= $9)");

        UpdateClaim = MustWrite(
            $"{(tables.Engine == Engine.Sqlite ? "UPDATE OR IGNORE" : "UPDATE")} {claims} SET status = $3, is_live = $4, is_holding = $5, "
            + "is_exclusive = $6, generation = $7, epoch = $8, version = $2 + 1, due_at = $9, modified_at = $10, data = $11 "
            + "WHERE id = $1 AND version = $2");

        InsertDue = Free($"INSERT INTO {tables.Due} (claim_id, waits_since) VALUES ($1, $2)");

        SetDue = Free(
            $"INSERT INTO {tables.Due} (claim_id, waits_since) VALUES ($1, $2) "
            + "ON CONFLICT (claim_id) DO UPDATE SET waits_since = excluded.waits_since");

        ClaimExists = MustHold($"EXISTS (SELECT 1 FROM {claims} WHERE id = $1)", Refusal.ForeignEvent);

        InsertEvent = MustInsert(
            $"INSERT INTO {tables.Events} (claim_id, claim_version, id, event_type, profile, owner, domain, from_status, to_status, epoch, "
            + "occurred_at, actor_kind, actor_id, evidence, reason) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)");

        (MoveClaims, SetDues, ClearDues, InsertEvents) = MoveStatements();
        (EnqueueWork, BringForward, NextHead, FinishWork, RetryWork, BuryWork, ReplayWork) = WorkStatements();
        (BeginRequest, CompleteRequest, AbandonRequest) = RequestStatements();
        (InsertHolding, UpdateHolding) = HoldingStatements();
    }

    public Statement LockDomain { get; }

    public Statement LockDomainOfWork { get; }

    public Statement RaiseEpoch { get; }

    public Statement InsertClaim { get; }

    public Statement UpdateClaim { get; }

    /// <summary>Lets a claim be leased, and ends a lease that it has.</summary>
    public Statement SetDue { get; }

    /// <summary>Lets a new claim be leased.</summary>
    public Statement InsertDue { get; }

    public Statement ClaimExists { get; }

    public Statement InsertEvent { get; }

    public static StoreSql Of(StoreTables tables) => Known.GetValue(tables, key => new StoreSql(key));

    /// <summary>Whether nobody but the claims <c>$4</c>, <c>$5</c> and so on holds the domain in the way of a holder.</summary>
    public Statement NoRival(int claims) => MustHold(
        $"NOT EXISTS (SELECT 1 FROM {_tables.Claims} c WHERE c.profile = $1 AND c.domain = $2 AND c.is_holding AND (c.is_exclusive OR $3) "
        + $"AND c.id NOT IN ({Placeholders(4, claims)}))",
        Refusal.AlreadyHeld);

    /// <summary>Lets so many claims be leased no more.</summary>
    public Statement ClearDue(int claims) => Free($"DELETE FROM {_tables.Due} WHERE claim_id IN ({Placeholders(1, claims)})");

    private static Statement Free(string sql) => new(sql, StatementKind.Free, Refusal.VersionConflict);

    /// <summary>
    /// A statement that must write a row. In a batch of PostgreSQL nobody can look at the count in between, so writing none is made an
    /// error, which takes everything back.
    /// </summary>
    private Statement MustWrite(string sql, Refusal? refusal = null)
    {
        refusal ??= Refusal.VersionConflict;
        var text = _tables.Engine == Engine.PostgreSql
            ? $"WITH written AS ({sql} RETURNING 1) SELECT {PostgresRefusal.Unless("EXISTS (SELECT 1 FROM written)", refusal)}"
            : sql;
        return new Statement(text, StatementKind.MustWrite, refusal);
    }

    private static string Placeholders(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(number => $"${number}"));

    /// <summary>
    /// A new claim, whose generation <c>$9</c> must be above all others of its owner. Its keys say themselves in PostgreSQL that somebody
    /// else was faster.
    /// </summary>
    private Statement InsertNewest(string into, string values, string isNewest) => _tables.Engine == Engine.PostgreSql
        ? new Statement(
            $"{into} VALUES ({values}, $9 - 1 + {PostgresRefusal.Unless(isNewest, Refusal.VersionConflict)})",
            StatementKind.MustWrite,
            Refusal.VersionConflict)
        : MustWrite($"{into} SELECT {values}, $9 WHERE {isNewest} ON CONFLICT DO NOTHING");

    /// <summary>
    /// A row whose key must be free, or somebody else was faster. The key says so itself in PostgreSQL, where a plain insert is planned in
    /// half the time of one that is watched.
    /// </summary>
    private Statement MustInsert(string sql, Refusal? refusal = null) => _tables.Engine == Engine.PostgreSql
        ? new Statement(sql, StatementKind.MustWrite, refusal ?? Refusal.VersionConflict)
        : MustWrite($"{sql} ON CONFLICT DO NOTHING", refusal);

    /// <summary>An expression that must be true, as a statement: an error in PostgreSQL where it is not.</summary>
    private Statement MustHold(string expression, Refusal refusal) => new(
        $"SELECT {(_tables.Engine == Engine.PostgreSql ? PostgresRefusal.Unless(expression, refusal) : expression)}",
        StatementKind.MustHold,
        refusal);
}
