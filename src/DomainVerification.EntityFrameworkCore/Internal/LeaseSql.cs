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
    private static readonly ConditionalWeakTable<StoreTables, LeaseSql> KnownClaims = [];
    private static readonly ConditionalWeakTable<StoreTables, LeaseSql> KnownWork = [];

    public static LeaseSql Claims(StoreTables tables) => KnownClaims.GetValue(tables, key => Of(key.Claims, "waits_since = {2}"));

    public static LeaseSql Work(StoreTables tables) =>
        KnownWork.GetValue(tables, key => Of(key.Work, "waits_since = {2}, leased_until = {2}"));

    private static LeaseSql Of(string table, string change)
    {
        const string Waiting = "WHERE waits_since <= {0} ORDER BY waits_since, id LIMIT {1}";
        return new LeaseSql(
            $"WITH due AS MATERIALIZED (SELECT id, waits_since FROM {table} {Waiting} FOR UPDATE SKIP LOCKED), "
            + $"leased AS (UPDATE {table} AS t SET {change} FROM due WHERE t.id = due.id RETURNING t.*, due.waits_since AS waited_since) "
            + "SELECT * FROM leased ORDER BY waited_since, id",
            $"UPDATE {table} SET {change} WHERE id IN (SELECT id FROM {table} {Waiting})");
    }
}
