using DomainVerification.EntityFrameworkCore.Commits.Internal;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Internal;

internal sealed partial class EntityFrameworkCoreClaimStore<TContext>
{
    public async ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken)
    {
        var (claimId, epoch, provisioner) = (key.ClaimId.Value, key.Epoch, key.Provisioner);
        var row = await RunAsync(
            (session, token) => Holdings(session).FirstOrDefaultAsync(
                item => item.ClaimId == claimId && item.Epoch == epoch && item.Provisioner == provisioner, token),
            cancellationToken).ConfigureAwait(false);
        return row is null ? null : Rows.Holding(row);
    }

    public async ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken)
    {
        var rows = await RunAsync(
            (session, token) => Holdings(session)
                .Where(item => item.ClaimId == claimId.Value)
                .OrderBy(item => item.Epoch)
                .ThenBy(item => item.Provisioner)
                .ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(Rows.Holding);
    }

    public async ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        HoldingKey.ThrowIfNoProvisioner(provisioner);
        ArgumentNullException.ThrowIfNull(request);
        var now = Rows.Column(request.Now);
        var rows = await LeaseAsync(
            request,
            LeaseSql.Holdings,
            session => Holdings(session)
                .Where(item => item.Provisioner == provisioner && item.WaitsSince <= now)
                .OrderBy(item => item.WaitsSince)
                .ThenBy(item => item.ClaimId)
                .ThenBy(item => item.Epoch)
                .Take(request.Maximum),
            cancellationToken,
            provisioner).ConfigureAwait(false);
        return Readable(rows, row => row.ClaimId, Rows.Holding);
    }

    public async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.ThrowIfInvalid();
        return await WriteAsync(sql => HoldingSteps.Save(sql, record), cancellationToken).ConfigureAwait(false) is null
            ? HoldingSaveStatus.Saved
            : HoldingSaveStatus.VersionConflict;
    }

    private static IQueryable<HoldingRow> Holdings(StoreSession session) => session.Context.Set<HoldingRow>().AsNoTracking();
}
