namespace DomainVerification.Claims.Internal;

/// <summary>
/// The work of <see cref="InMemoryClaimStore"/>: a queue for each (profile, domain, target), of which only the head can be leased, and the
/// dead letters, which stand in no queue. Not safe for parallel use by itself.
/// </summary>
internal sealed class InMemoryOutbox
{
    private readonly Dictionary<(string Profile, DomainName Domain, string Target), Queue<Entry>> _queues = [];
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly SortedSet<(DateTimeOffset WaitsSince, long Number, Guid Id)> _heads = [];
    private long _number;

    /// <summary>Refuses work that is in the commit twice, and work that is settled in two ways.</summary>
    public static void ThrowIfMalformed(ClaimCommit commit)
    {
        if (commit.Work.DistinctBy(item => item.Id).Count() != commit.Work.Count)
        {
            throw new ArgumentException("An operation is in the commit twice.", nameof(commit));
        }

        if (commit.Settled.Any(item => item is { RetryAt: not null, DeadAt: not null }))
        {
            throw new ArgumentException("Work cannot be tried again and be a dead letter.", nameof(commit));
        }
    }

    /// <summary>Refuses work that is in the outbox already.</summary>
    public void ThrowIfPresent(ClaimCommit commit)
    {
        if (commit.Work.Any(item => _entries.ContainsKey(item.Id)))
        {
            throw new ArgumentException("An operation of the commit is in the outbox already.", nameof(commit));
        }
    }

    /// <summary>Whether all work of the commit is where it must be to be settled or replayed.</summary>
    public bool Allows(ClaimCommit commit)
    {
        var ids = commit.Settled.Select(item => item.Id).Concat(commit.Replayed.Select(item => item.Id)).ToList();
        return ids.Distinct().Count() == ids.Count
            && commit.Settled.All(item => _entries.TryGetValue(item.Id, out var entry) && CanSettle(entry, item))
            && commit.Replayed.All(item => _entries.TryGetValue(item.Id, out var entry) && IsDead(entry));
    }

    public ClaimWork? Find(Guid id) => _entries.GetValueOrDefault(id)?.Work;

    public WorkPage List(WorkQuery query)
    {
        var found = _entries.Values
            .Select(entry => entry.Work)
            .Where(work => Matches(work, query))
            .OrderBy(work => work.CreatedAt)
            .ThenBy(work => work.Id)
            .Take(query.PageSize + 1)
            .ToList();
        if (found.Count <= query.PageSize)
        {
            return new WorkPage(found, null);
        }

        var last = found[query.PageSize - 1];
        return new WorkPage(found[..query.PageSize], new WorkCursor(last.CreatedAt, last.Id));
    }

    public IReadOnlyList<ClaimWork> Lease(LeaseRequest request)
    {
        var due = _heads.TakeWhile(item => item.WaitsSince <= request.Now).Take(request.Maximum).ToList();
        foreach (var (_, _, id) in due)
        {
            Move(_entries[id], entry => entry.LeasedUntil = request.Now + request.Duration);
        }

        return due.ConvertAll(item => _entries[item.Id].Work);
    }

    public void Write(ClaimCommit commit)
    {
        foreach (var item in commit.Settled)
        {
            Settle(_entries[item.Id], item);
        }

        foreach (var item in commit.Work)
        {
            _entries.Add(item.Id, new Entry(item));
            Enqueue(_entries[item.Id]);
        }

        foreach (var item in commit.Replayed)
        {
            var entry = _entries[item.Id];
            entry.Work = entry.Work with { DueAt = item.DueAt, Attempts = 0, LastError = null, DeadAt = null };
            Enqueue(entry);
        }
    }

    private static (DateTimeOffset WaitsSince, long Number, Guid Id) Key(Entry entry) =>
        (entry.LeasedUntil > entry.Work.DueAt ? entry.LeasedUntil : entry.Work.DueAt, entry.Number, entry.Work.Id);

    private static (string Profile, DomainName Domain, string Target) QueueKey(ClaimWork work) => (work.Profile, work.Domain, work.Target);

    private static bool IsDead(Entry entry) => entry.Work.DeadAt is not null;

    private static bool Matches(ClaimWork work, WorkQuery query) =>
        (query.IsDead is not { } isDead || isDead == work.DeadAt is not null)
        && (query.Profile is null || string.Equals(work.Profile, query.Profile, StringComparison.Ordinal))
        && (query.Domain is null || work.Domain.Equals(query.Domain))
        && (query.After is not { } after || (work.CreatedAt, work.Id).CompareTo((after.CreatedAt, after.Id)) > 0);

    private bool CanSettle(Entry entry, SettledWork settled) =>
        IsDead(entry) ? settled is { RetryAt: null, DeadAt: null } : ReferenceEquals(QueueOf(entry.Work).Peek(), entry);

    private Queue<Entry> QueueOf(ClaimWork work) => _queues[QueueKey(work)];

    private void Enqueue(Entry entry)
    {
        var work = entry.Work;
        if (!_queues.TryGetValue(QueueKey(work), out var queue))
        {
            _queues.Add(QueueKey(work), queue = new Queue<Entry>());
        }

        entry.Number = _number++;
        queue.Enqueue(entry);
        if (queue.Count == 1)
        {
            _heads.Add(Key(entry));
        }
        else if (work.DueAt < queue.Peek().Work.DueAt)
        {
            Move(queue.Peek(), head => head.Work = head.Work with { DueAt = work.DueAt });
        }
    }

    /// <summary>Changes when a head can be leased.</summary>
    private void Move(Entry head, Action<Entry> change)
    {
        _heads.Remove(Key(head));
        change(head);
        _heads.Add(Key(head));
    }

    private void Settle(Entry entry, SettledWork settled)
    {
        if (settled.RetryAt is { } retryAt)
        {
            Move(entry, head =>
            {
                head.Work = Tried(head.Work, settled) with { DueAt = retryAt };
                head.LeasedUntil = DateTimeOffset.MinValue;
            });
            return;
        }

        if (!IsDead(entry))
        {
            Dequeue(entry);
        }

        if (settled.DeadAt is null)
        {
            _entries.Remove(entry.Work.Id);
        }
        else
        {
            entry.Work = Tried(entry.Work, settled) with { DeadAt = settled.DeadAt };
            entry.LeasedUntil = DateTimeOffset.MinValue;
        }
    }

    private static ClaimWork Tried(ClaimWork work, SettledWork settled) =>
        work with { Attempts = work.Attempts + 1, LastError = settled.Error };

    private void Dequeue(Entry head)
    {
        _heads.Remove(Key(head));
        var queue = QueueOf(head.Work);
        queue.Dequeue();
        if (queue.TryPeek(out var next))
        {
            _heads.Add(Key(next));
        }
        else
        {
            _queues.Remove(QueueKey(head.Work));
        }
    }

    private sealed class Entry(ClaimWork work)
    {
        public ClaimWork Work { get; set; } = work;

        /// <summary>The place in the order of all queues.</summary>
        public long Number { get; set; }

        public DateTimeOffset LeasedUntil { get; set; }
    }
}
