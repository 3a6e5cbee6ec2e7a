using System.Runtime.CompilerServices;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>
/// The statements that lease from one table: until <c>{2}</c> at most <c>{1}</c> rows that wait at <c>{0}</c>, the longest waiting first.
/// One index has exactly the rows that wait, in this order, so the cost does not depend on how many there are.
/// </summary>
/// <param name="SkipLocked">For PostgreSQL; gives the leased rows.</param>
/// <param name="Alone">For SQLite, inside a write transaction in which the rows were read.</param>
internal sealed record LeaseSql(string SkipLocked, string Alone)
{
    private const string WaitingHoldings =
        "WHERE provisioner = {3} AND waits_since <= {0} ORDER BY waits_since, claim_id, epoch LIMIT {1}";

    private static readonly ConditionalWeakTable<StoreTables, LeaseSql> KnownClaims = [];
    private static readonly ConditionalWeakTable<StoreTables, LeaseSql> KnownWork = [];
    private static readonly ConditionalWeakTable<StoreTables, LeaseSql> KnownHoldings = [];

    public static LeaseSql Claims(StoreTables tables) => KnownClaims.GetValue(tables, key => new LeaseSql(
        $"WITH due AS MATERIALIZED (SELECT claim_id, waits_since FROM {key.Due} {Waiting("claim_id")} FOR UPDATE SKIP LOCKED), "
        + $"leased AS (UPDATE {key.Due} AS t SET waits_since = {{2}} FROM due WHERE t.claim_id = due.claim_id) "
        + $"SELECT c.* FROM due JOIN {key.Claims} c ON c.id = due.claim_id ORDER BY due.waits_since, due.claim_id",
        $"UPDATE {key.Due} SET waits_since = {{2}} WHERE claim_id IN (SELECT claim_id FROM {key.Due} {Waiting("claim_id")})"));

    public static LeaseSql Work(StoreTables tables) => KnownWork.GetValue(tables, key => new LeaseSql(
        $"WITH due AS MATERIALIZED (SELECT id, waits_since FROM {key.Work} {Waiting("id")} FOR UPDATE SKIP LOCKED), "
        + $"leased AS (UPDATE {key.Work} AS t SET waits_since = {{2}}, leased_until = {{2}} FROM due WHERE t.id = due.id "
        + "RETURNING t.*, due.waits_since AS waited_since) SELECT * FROM leased ORDER BY waited_since, id",
        $"UPDATE {key.Work} SET waits_since = {{2}}, leased_until = {{2}} WHERE id IN (SELECT id FROM {key.Work} {Waiting("id")})"));

    /// <summary>Only the records of the provisioner <c>{3}</c>.</summary>
    public static LeaseSql Holdings(StoreTables tables) => KnownHoldings.GetValue(tables, key => new LeaseSql(
        $"WITH due AS MATERIALIZED (SELECT claim_id, epoch, provisioner, waits_since FROM {key.Holdings} {WaitingHoldings} "
        + $"FOR UPDATE SKIP LOCKED), leased AS (UPDATE {key.Holdings} AS t SET waits_since = {{2}} FROM due "
        + "WHERE t.claim_id = due.claim_id AND t.epoch = due.epoch AND t.provisioner = due.provisioner "
        + "RETURNING t.*, due.waits_since AS waited_since) SELECT * FROM leased ORDER BY waited_since, claim_id, epoch",
        $"UPDATE {key.Holdings} SET waits_since = {{2}} WHERE rowid IN (SELECT rowid FROM {key.Holdings} {WaitingHoldings})"));

    private static string Waiting(string key) => $"WHERE waits_since <= {{0}} ORDER BY waits_since, {key} LIMIT {{1}}";
}
