using DomainVerification;
using Microsoft.Data.Sqlite;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    public async ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        await ReadAsync(
            session => session.FindAsync(
                $"""
                SELECT body FROM holdings
                WHERE claim_id = {key.ClaimId} AND epoch = {key.Epoch} AND provisioner = {key.Provisioner}
                """,
                ReadHolding),
            cancellationToken);

    public async ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
        await ReadAsync(
            session => session.ListAsync(
                $"SELECT body FROM holdings WHERE claim_id = {claimId} ORDER BY epoch, provisioner",
                ReadHolding),
            cancellationToken);

    public async ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        HoldingKey.ThrowIfNoProvisioner(provisioner);
        ArgumentNullException.ThrowIfNull(request);
        await using var transaction = await BeginAsync(cancellationToken);
        var records = await transaction.Session.ListAsync(
            $"""
            SELECT body FROM holdings
            WHERE provisioner = {provisioner} AND waits_since <= {request.Now}
            ORDER BY waits_since LIMIT {request.Maximum}
            """,
            ReadHolding);
        foreach (var key in records.Select(record => record.Key))
        {
            await transaction.Session.ExecuteAsync($"""
                UPDATE holdings SET waits_since = {request.Now + request.Duration}
                WHERE claim_id = {key.ClaimId} AND epoch = {key.Epoch} AND provisioner = {key.Provisioner}
                """);
        }

        await transaction.CommitAsync();
        return records;
    }

    public async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.ThrowIfInvalid();
        await using var transaction = await BeginAsync(cancellationToken);

        // The first version needs a free key, any other the one before it. The lease ends with the save.
        var saved = await transaction.Session.ExecuteAsync($"""
            INSERT INTO holdings (claim_id, epoch, provisioner, version, waits_since, body)
            SELECT {record.Key.ClaimId}, {record.Key.Epoch}, {record.Key.Provisioner}, {record.Version}, {record.DueAt},
                {StoreJson.Text(record)}
            WHERE {record.Version} = 1 + coalesce(
                (SELECT version FROM holdings
                WHERE claim_id = {record.Key.ClaimId} AND epoch = {record.Key.Epoch} AND provisioner = {record.Key.Provisioner}), 0)
            ON CONFLICT (claim_id, epoch, provisioner) DO UPDATE SET
                version = excluded.version, waits_since = excluded.waits_since, body = excluded.body
            """);
        await transaction.CommitAsync();
        return saved == 1 ? HoldingSaveStatus.Saved : HoldingSaveStatus.VersionConflict;
    }

    private static HoldingRecord ReadHolding(SqliteDataReader row) => StoreJson.Read<HoldingRecord>(row.GetString(0));
}
