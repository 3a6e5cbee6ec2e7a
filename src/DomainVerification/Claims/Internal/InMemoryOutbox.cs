namespace DomainVerification.Claims.Internal;

/// <summary>
/// The work of <see cref="InMemoryClaimStore"/>: a queue for each (profile, domain), of which only the head can be leased. Not safe for
/// parallel use by itself.
/// </summary>
internal sealed class InMemoryOutbox
{
    private readonly Dictionary<(string Profile, DomainName Domain), Queue<Entry>> _queues = [];
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly SortedSet<(DateTimeOffset DueAt, long Number, Guid Id)> _heads = [];
    private long _number;

    /// <summary>Refuses work that is in the outbox already, or in the commit twice.</summary>
    public void ThrowIfKnown(IReadOnlyList<ClaimWork> work)
    {
        if (work.Any(item => _entries.ContainsKey(item.Id)) || work.DistinctBy(item => item.Id).Count() != work.Count)
        {
            throw new ArgumentException("An operation of the commit is in the outbox already.", nameof(work));
        }
    }

    public bool Knows(IReadOnlyList<SettledWork> settled) =>
        settled.All(item => _entries.TryGetValue(item.Id, out var entry) && IsHead(entry))
        && settled.DistinctBy(item => item.Id).Count() == settled.Count;

    public IReadOnlyList<ClaimWork> Lease(LeaseRequest request)
    {
        var leased = new List<ClaimWork>();
        foreach (var (dueAt, _, id) in _heads)
        {
            if (dueAt > request.Now || leased.Count == request.Maximum)
            {
                break;
            }

            var entry = _entries[id];
            if (entry.LeasedUntil <= request.Now)
            {
                entry.LeasedUntil = request.Now + request.Duration;
                leased.Add(entry.Work);
            }
        }

        return leased;
    }

    public void Write(IReadOnlyList<SettledWork> settled, IReadOnlyList<ClaimWork> work)
    {
        foreach (var item in settled)
        {
            Settle(_entries[item.Id], item);
        }

        foreach (var item in work)
        {
            Enqueue(item);
        }
    }

    private static (DateTimeOffset DueAt, long Number, Guid Id) Key(Entry entry) => (entry.Work.DueAt, entry.Number, entry.Work.Id);

    private Queue<Entry> QueueOf(ClaimWork work) => _queues[(work.Profile, work.Domain)];

    private bool IsHead(Entry entry) => ReferenceEquals(QueueOf(entry.Work).Peek(), entry);

    private void Enqueue(ClaimWork work)
    {
        if (!_queues.TryGetValue((work.Profile, work.Domain), out var queue))
        {
            _queues.Add((work.Profile, work.Domain), queue = new Queue<Entry>());
        }

        var entry = new Entry(work, _number++);
        _entries.Add(work.Id, entry);
        queue.Enqueue(entry);
        if (queue.Count == 1)
        {
            _heads.Add(Key(entry));
        }
        else
        {
            Hasten(queue.Peek(), work.DueAt);
        }
    }

    /// <summary>Brings forward a retry that something newer waits for.</summary>
    private void Hasten(Entry head, DateTimeOffset dueAt)
    {
        if (dueAt < head.Work.DueAt)
        {
            _heads.Remove(Key(head));
            head.Work = head.Work with { DueAt = dueAt };
            _heads.Add(Key(head));
        }
    }

    private void Settle(Entry entry, SettledWork settled)
    {
        _heads.Remove(Key(entry));
        if (settled.RetryAt is { } retryAt)
        {
            entry.Work = entry.Work with { DueAt = retryAt, Attempts = entry.Work.Attempts + 1, LastError = settled.Error };
            entry.LeasedUntil = DateTimeOffset.MinValue;
            _heads.Add(Key(entry));
            return;
        }

        var queue = QueueOf(entry.Work);
        queue.Dequeue();
        _entries.Remove(entry.Work.Id);
        if (queue.TryPeek(out var next))
        {
            _heads.Add(Key(next));
        }
        else
        {
            _queues.Remove((entry.Work.Profile, entry.Work.Domain));
        }
    }

    private sealed class Entry(ClaimWork work, long number)
    {
        public ClaimWork Work { get; set; } = work;

        public long Number { get; } = number;

        public DateTimeOffset LeasedUntil { get; set; }
    }
}
