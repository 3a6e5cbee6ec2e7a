using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>Objects that wait for their next use, a bounded number of them.</summary>
/// <param name="limit">The most that are kept.</param>
internal sealed class IdleObjects<T>(int limit)
    where T : class
{
    private readonly ConcurrentQueue<T> _objects = new();
    private int _count;

    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        if (!_objects.TryDequeue(out item))
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <returns>False where enough are kept: this one is to be thrown away.</returns>
    public bool TryKeep(T item)
    {
        if (Interlocked.Increment(ref _count) > limit)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _objects.Enqueue(item);
        return true;
    }
}
