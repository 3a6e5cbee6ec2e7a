using System.Runtime.InteropServices;

namespace DomainVerification.Dns;

/// <summary>
/// Look-ups under way, one for each question: who asks the same meanwhile waits for the same answer. Many queries for one question would
/// let a forger guess at all of them at once (RFC 5452, section 5).
/// </summary>
/// <param name="create">Makes a look-up that runs here.</param>
internal sealed class SharedLookups(Func<SharedLookups, SharedLookup> create)
{
    private const int MaxIdle = 1024;

    private readonly Dictionary<DnsQuestion, SharedLookup> _running = [];
    private readonly Stack<SharedLookup> _idleLookups = new();
    private readonly Stack<LookupWaiter> _idleWaiters = new();
    private readonly Lock _turn = new();

    /// <param name="run">Runs a look-up. It does not use its token after it ended.</param>
    public SharedLookups(Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run)
        : this(lookups => new SharedLookup(lookups, run))
    {
    }

    public ValueTask<DnsLookup> RunAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        LookupWaiter waiter;
        SharedLookup lookup;
        bool isFirst;
        lock (_turn)
        {
            ref var running = ref CollectionsMarshal.GetValueRefOrAddDefault(_running, question, out var isRunning);
            isFirst = !isRunning;
            if (isFirst)
            {
                running = _idleLookups.TryPop(out var idle) ? idle : create(this);
                running.Begin(question, cancellationToken.CanBeCanceled);
            }

            lookup = running!;

            waiter = _idleWaiters.TryPop(out var free) ? free : new LookupWaiter(this);
            waiter.Join(lookup);
            lookup.Add(waiter);
        }

        waiter.Watch(cancellationToken);
        if (isFirst)
        {
            lookup.Start();
        }

        return waiter.Task;
    }

    /// <summary>Takes a waiter out whose caller gave up. Who leaves last ends the look-up; whoever asks after that has a new one.</summary>
    /// <returns>False where the look-up ended before.</returns>
    public bool TryLeave(LookupWaiter waiter, SharedLookup lookup)
    {
        lock (_turn)
        {
            var waited = lookup.TryRemove(waiter, out var isAbandoned);
            if (!waited || !isAbandoned)
            {
                return waited;
            }

            Remove(lookup);
        }

        lookup.Abandon();
        return true;
    }

    /// <summary>
    /// Takes all waiters of a look-up that ended, the first of them by itself. Where there is one, the look-up serves another question from
    /// now on.
    /// </summary>
    public LookupWaiter? TakeWaiters(SharedLookup lookup, out LookupWaiter[] others)
    {
        lock (_turn)
        {
            Remove(lookup);
            var first = lookup.TakeAll(out others);
            if (first is not null)
            {
                Keep(_idleLookups, lookup);
            }

            return first;
        }
    }

    public void Return(LookupWaiter waiter)
    {
        lock (_turn)
        {
            Keep(_idleWaiters, waiter);
        }
    }

    private void Remove(SharedLookup lookup)
    {
        if (lookup.Question is { } question && _running.Remove(question, out var running) && running != lookup)
        {
            // It was abandoned, and somebody has asked anew meanwhile.
            _running.Add(question, running);
        }
    }

    private static void Keep<T>(Stack<T> idle, T item)
    {
        if (idle.Count < MaxIdle)
        {
            idle.Push(item);
        }
    }
}
