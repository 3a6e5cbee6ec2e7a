using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>
/// Keeps what was noted last, in two generations: when the younger is half of what may be kept, the older is forgotten. Noting therefore
/// never counts or looks through what is there, and whoever fills the memory cannot make it grow. Safe to use from several threads.
/// </summary>
/// <param name="capacity">The most that is kept; at least half of it is.</param>
internal sealed class RecentMemory<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Generation _young = new();
    private Generation _old = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        Volatile.Read(ref _young).TryGet(key, out value) || Volatile.Read(ref _old).TryGet(key, out value);

    public void Set(TKey key, TValue value)
    {
        var young = Volatile.Read(ref _young);
        if (young.Set(key, value) >= capacity / 2)
        {
            Turn(young);
        }
    }

    public void Remove(TKey key)
    {
        Volatile.Read(ref _young).Remove(key);
        Volatile.Read(ref _old).Remove(key);
    }

    private void Turn(Generation full)
    {
        lock (_gate)
        {
            if (_young == full)
            {
                Volatile.Write(ref _old, full);
                Volatile.Write(ref _young, new Generation());
            }
        }
    }

    private sealed class Generation
    {
        // How many were added, those included that were removed since. Nothing is looked for where nothing ever was.
        private int _count;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new();

        public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
        {
            value = default;
            return Volatile.Read(ref _count) > 0 && Entries.TryGetValue(key, out value);
        }

        /// <returns>How many have been added, where this one is new; zero otherwise.</returns>
        public int Set(TKey key, TValue value)
        {
            // Counted first: who sees that there is nothing must not miss it.
            var count = Interlocked.Increment(ref _count);
            if (Entries.TryAdd(key, value))
            {
                return count;
            }

            Interlocked.Decrement(ref _count);
            Entries[key] = value;
            return 0;
        }

        public void Remove(TKey key)
        {
            if (Volatile.Read(ref _count) > 0)
            {
                Entries.TryRemove(key, out _);
            }
        }
    }
}
