using System.Collections.Concurrent;

namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Saves what it is given over whatever is there: an update without its version.</summary>
internal sealed class LostUpdateHoldingStore : WrappedStore
{
    private readonly ConcurrentDictionary<HoldingKey, HoldingRecord> _records = new();

    public override ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        new(_records.GetValueOrDefault(key));

    public override ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
        new([.. _records.Values.Where(record => record.Key.ClaimId == claimId)]);

    public override ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        _records[record.Key] = record;
        return new(HoldingSaveStatus.Saved);
    }
}

/// <summary>Compares the version, and then writes, while others do the same.</summary>
internal sealed class CheckThenSaveHoldingStore : WrappedStore
{
    private readonly ConcurrentDictionary<HoldingKey, HoldingRecord> _records = new();

    public override ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        new(_records.GetValueOrDefault(key));

    public override ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
        new([.. _records.Values.Where(record => record.Key.ClaimId == claimId)]);

    public override async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        if (record.Version != (_records.GetValueOrDefault(record.Key)?.Version ?? 0) + 1)
        {
            return HoldingSaveStatus.VersionConflict;
        }

        // The window between the read and the write.
        await Task.Yield();
        _records[record.Key] = record;
        return HoldingSaveStatus.Saved;
    }
}

/// <summary>Reads what is due, and then marks it: two workers read the same.</summary>
internal sealed class DoubleLeaseHoldingStore : WrappedStore
{
    private readonly ConcurrentDictionary<HoldingKey, HoldingRecord> _saved = new();
    private readonly ConcurrentDictionary<HoldingKey, (long Version, DateTimeOffset Until)> _leases = new();

    public override async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        var saved = await Inner.SaveHoldingRecordAsync(record, cancellationToken);
        if (saved == HoldingSaveStatus.Saved)
        {
            _saved[record.Key] = record;
        }

        return saved;
    }

    public override async ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        var due = _saved.Values
            .Where(record => record.Key.Provisioner == provisioner && record.DueAt <= request.Now && WaitsSince(record) <= request.Now)
            .OrderBy(WaitsSince)
            .Take(request.Maximum)
            .ToList();

        // The window between the read and the write.
        await Task.Yield();
        due.ForEach(record => _leases[record.Key] = (record.Version, request.Now + request.Duration));
        return due;
    }

    private DateTimeOffset? WaitsSince(HoldingRecord record) =>
        _leases.TryGetValue(record.Key, out var lease) && lease.Version == record.Version && lease.Until > record.DueAt
            ? lease.Until
            : record.DueAt;
}

/// <summary>Forgets the epoch of the key: the next holding of a claim finds what the one before it kept.</summary>
internal sealed class ForgottenEpochHoldingStore : WrappedStore
{
    public override ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken) =>
        Inner.SaveHoldingRecordAsync(record with { Key = record.Key with { Epoch = 1 } }, cancellationToken);

    public override ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        Inner.FindHoldingRecordAsync(key with { Epoch = 1 }, cancellationToken);
}

/// <summary>Cuts data to the length of a column.</summary>
internal sealed class TruncatedDataHoldingStore : WrappedStore
{
    public override ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken) =>
        Inner.SaveHoldingRecordAsync(record with { Data = record.Data[..Math.Min(record.Data.Length, 4000)] }, cancellationToken);
}

/// <summary>Leaves the lease of a record that is saved as it is.</summary>
internal sealed class LeaseOutlivesSaveHoldingStore : WrappedStore
{
    private readonly ConcurrentDictionary<HoldingKey, DateTimeOffset> _leases = new();

    public override async ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        var leased = (await Inner.LeaseDueHoldingRecordsAsync(provisioner, request, cancellationToken))
            .Where(record => !_leases.TryGetValue(record.Key, out var until) || until <= request.Now)
            .ToList();
        leased.ForEach(record => _leases[record.Key] = request.Now + request.Duration);
        return leased;
    }
}

/// <summary>Leaves it to the database to refuse what cannot be kept, and has one that refuses nothing.</summary>
internal sealed class UncheckedHoldingStore : WrappedStore
{
    public override async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.SaveHoldingRecordAsync(record, cancellationToken);
        }
        catch (ArgumentException) when (record is not null)
        {
            return HoldingSaveStatus.Saved;
        }
    }
}

/// <summary>Looks at its token no more than a store that was written before tokens were.</summary>
internal sealed class SwallowedCancellationHoldingStore : WrappedStore
{
    public override ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken) =>
        Inner.SaveHoldingRecordAsync(record, CancellationToken.None);
}
