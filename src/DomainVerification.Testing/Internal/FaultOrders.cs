namespace DomainVerification.Testing;

/// <summary>
/// The faults that a server has on order, in their order; one that has been met as often as it should is taken off. Safe to use from several
/// threads.
/// </summary>
/// <typeparam name="T">A fault.</typeparam>
internal sealed class FaultOrders<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly List<(T Fault, int? Left)> _orders = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _orders.Count;
            }
        }
    }

    /// <param name="fault">The fault.</param>
    /// <param name="limit">How often it is met; <see langword="null"/> for always.</param>
    public void Add(T fault, int? limit)
    {
        lock (_gate)
        {
            _orders.Add((fault, limit));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _orders.Clear();
        }
    }

    /// <summary>Meets the first fault that matches; <see langword="null"/> where none does.</summary>
    public T? Take(Predicate<T> matches)
    {
        lock (_gate)
        {
            var index = _orders.FindIndex(order => matches(order.Fault));
            if (index < 0)
            {
                return null;
            }

            var (fault, left) = _orders[index];
            if (left == 1)
            {
                _orders.RemoveAt(index);
            }
            else
            {
                _orders[index] = (fault, left - 1);
            }

            return fault;
        }
    }
}
