using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>
/// Objects that wait for their next use, a bounded number of them. The one that was used last is the next, since its memory is nearest.
/// </summary>
/// <param name="limit">The most that are kept.</param>
internal sealed class IdleObjects<T>(int limit)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Stack<T> _objects = new();

    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        lock (_gate)
        {
            return _objects.TryPop(out item);
        }
    }

    /// <returns>False where enough are kept: this one is to be thrown away.</returns>
    public bool TryKeep(T item)
    {
        lock (_gate)
        {
            if (_objects.Count == limit)
            {
                return false;
            }

            _objects.Push(item);
            return true;
        }
    }
}
