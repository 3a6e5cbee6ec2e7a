using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>
/// Keeps what was noted last, in two generations: when the younger is half of what may be kept, the older is forgotten. Noting therefore
/// never counts or looks through what is there, and whoever fills the memory cannot make it grow. Safe to use from several threads.
/// </summary>
/// <param name="capacity">The most that is kept; at least half of it is.</param>
/// <param name="comparer">Compares keys.</param>
internal sealed class RecentMemory<TKey, TValue>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Generation _young = new(comparer);
    private Generation _old = new(comparer);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        Volatile.Read(ref _young).Entries.TryGetValue(key, out value) || Volatile.Read(ref _old).Entries.TryGetValue(key, out value);

    /// <summary>As <see cref="TryGet(TKey, out TValue)"/>, by what the comparer takes for a key.</summary>
    public bool TryGet<TOther>(TOther key, [MaybeNullWhen(false)] out TValue value)
        where TOther : notnull, allows ref struct =>
        Volatile.Read(ref _young).Entries.GetAlternateLookup<TOther>().TryGetValue(key, out value)
        || Volatile.Read(ref _old).Entries.GetAlternateLookup<TOther>().TryGetValue(key, out value);

    public void Set(TKey key, TValue value)
    {
        var young = Volatile.Read(ref _young);
        if (!young.Entries.TryAdd(key, value))
        {
            young.Entries[key] = value;
        }
        else if (Interlocked.Increment(ref young.Count) >= capacity / 2)
        {
            Turn(young);
        }
    }

    public void Remove(TKey key)
    {
        Volatile.Read(ref _young).Entries.TryRemove(key, out _);
        Volatile.Read(ref _old).Entries.TryRemove(key, out _);
    }

    private void Turn(Generation full)
    {
        lock (_gate)
        {
            if (_young == full)
            {
                Volatile.Write(ref _old, full);
                Volatile.Write(ref _young, new Generation(comparer));
            }
        }
    }

    private sealed class Generation(IEqualityComparer<TKey>? comparer)
    {
        /// <summary>How many were added, those included that were removed since.</summary>
        public int Count;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new(comparer);
    }
}
