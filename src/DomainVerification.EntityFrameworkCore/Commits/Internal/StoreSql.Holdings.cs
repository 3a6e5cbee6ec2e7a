namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

internal sealed partial class StoreSql
{
    /// <summary>Saves the first version of a record, whose key must be free.</summary>
    public Statement InsertHolding { get; }

    /// <summary>Saves the version <c>$4</c> of a record over the one before it.</summary>
    public Statement UpdateHolding { get; }

    private (Statement Insert, Statement Update) HoldingStatements()
    {
        var holdings = _tables.Holdings;
        return (
            MustInsert(
                $"INSERT INTO {holdings} (claim_id, epoch, provisioner, version, profile, owner, domain, due_at, waits_since, data) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"),
            MustWrite(
                $"UPDATE {holdings} SET version = $4, profile = $5, owner = $6, domain = $7, due_at = $8, waits_since = $8, data = $9 "
                + "WHERE claim_id = $1 AND epoch = $2 AND provisioner = $3 AND version = $4 - 1"));
    }
}
