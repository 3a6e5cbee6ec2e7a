using System.Collections.Concurrent;

namespace DomainVerification.Email.Tests.Hosts;

/// <summary>The store in memory, which shows what it keeps and goes wrong on order.</summary>
internal sealed class WatchedHoldingStore(IHoldingStore store) : IHoldingStore
{
    private readonly ConcurrentDictionary<HoldingKey, HoldingRecord> _saved = [];
    private int _saves;

    /// <summary>Runs before a call, with its name and the record that it saves; what it throws ends the call.</summary>
    public Func<string, HoldingRecord?, Task>? Before { get; set; }

    /// <summary>Runs after a save that succeeded; what it throws is a crash behind the write.</summary>
    public Action<HoldingRecord>? AfterSave { get; set; }

    /// <summary>Runs after each lease.</summary>
    public Func<Task>? AfterLease { get; set; }

    public int Saves => _saves;

    public IReadOnlyList<HoldingRecord> All => [.. _saved.Values];

    public async ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken)
    {
        await RunAsync("find", null);
        return await store.FindHoldingRecordAsync(key, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken)
    {
        await RunAsync("list", null);
        return await store.ListHoldingRecordsAsync(claimId, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        await RunAsync("lease", null);
        var leased = await store.LeaseDueHoldingRecordsAsync(provisioner, request, cancellationToken);
        if (AfterLease is { } after)
        {
            await after();
        }

        return leased;
    }

    public async ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        await RunAsync("save", record);
        if (await store.SaveHoldingRecordAsync(record, cancellationToken) != HoldingSaveStatus.Saved)
        {
            return HoldingSaveStatus.VersionConflict;
        }

        _saved.AddOrUpdate(record.Key, record, (_, other) => other.Version > record.Version ? other : record);
        Interlocked.Increment(ref _saves);
        AfterSave?.Invoke(record);
        return HoldingSaveStatus.Saved;
    }

    private async Task RunAsync(string call, HoldingRecord? record)
    {
        await Task.Yield();
        if (Before is { } before)
        {
            await before(call, record);
        }
    }
}
