namespace DomainVerification.Claims.Internal;

/// <summary>The records of holdings of <see cref="InMemoryClaimStore"/>. Not safe for parallel use by itself.</summary>
internal sealed class InMemoryHoldings
{
    private static readonly Comparer<Place> ByWaiting = Comparer<Place>.Create((x, y) =>
        (x.WaitsSince, x.ClaimId, x.Epoch).CompareTo((y.WaitsSince, y.ClaimId, y.Epoch)));

    private readonly Dictionary<HoldingKey, Entry> _entries = [];
    private readonly Dictionary<ClaimId, List<HoldingKey>> _byClaim = [];
    private readonly Dictionary<string, SortedSet<Place>> _due = new(StringComparer.Ordinal);

    public HoldingRecord? Find(HoldingKey key) => _entries.GetValueOrDefault(key)?.Record;

    public IReadOnlyList<HoldingRecord> List(ClaimId claimId) =>
    [
        .. (_byClaim.GetValueOrDefault(claimId) ?? [])
            .OrderBy(key => key.Epoch)
            .ThenBy(key => key.Provisioner, StringComparer.Ordinal)
            .Select(key => _entries[key].Record),
    ];

    public IReadOnlyList<HoldingRecord> LeaseDue(string provisioner, LeaseRequest request)
    {
        if (!_due.TryGetValue(provisioner, out var places))
        {
            return [];
        }

        var due = places.TakeWhile(place => place.WaitsSince <= request.Now)
            .Take(request.Maximum)
            .Select(place => _entries[new HoldingKey(new ClaimId(place.ClaimId), place.Epoch, provisioner)])
            .ToList();
        due.ForEach(entry => Move(entry, request.Now + request.Duration));
        return due.ConvertAll(entry => entry.Record);
    }

    public bool Save(HoldingRecord record)
    {
        if (!_entries.TryGetValue(record.Key, out var entry))
        {
            if (record.Version != 1)
            {
                return false;
            }

            _entries.Add(record.Key, entry = new Entry(record));
            KeysOf(record.Key.ClaimId).Add(record.Key);
        }
        else if (record.Version != entry.Record.Version + 1)
        {
            return false;
        }

        entry.Record = record;
        Move(entry, record.DueAt);
        return true;
    }

    private List<HoldingKey> KeysOf(ClaimId claimId)
    {
        if (!_byClaim.TryGetValue(claimId, out var keys))
        {
            _byClaim.Add(claimId, keys = []);
        }

        return keys;
    }

    /// <summary>Changes when a record can be leased.</summary>
    private void Move(Entry entry, DateTimeOffset? waitsSince)
    {
        var key = entry.Record.Key;
        if (!_due.TryGetValue(key.Provisioner, out var places))
        {
            _due.Add(key.Provisioner, places = new SortedSet<Place>(ByWaiting));
        }

        if (entry.WaitsSince is { } before)
        {
            places.Remove(new Place(before, key.ClaimId.Value, key.Epoch));
        }

        entry.WaitsSince = waitsSince;
        if (waitsSince is { } since)
        {
            places.Add(new Place(since, key.ClaimId.Value, key.Epoch));
        }
    }

    private readonly record struct Place(DateTimeOffset WaitsSince, Guid ClaimId, long Epoch);

    private sealed class Entry(HoldingRecord record)
    {
        public HoldingRecord Record { get; set; } = record;

        /// <summary>Since when the record can be leased: it is due, or its lease runs out.</summary>
        public DateTimeOffset? WaitsSince { get; set; }
    }
}
