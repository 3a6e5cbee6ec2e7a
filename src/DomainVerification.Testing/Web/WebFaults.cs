namespace DomainVerification.Testing;

/// <summary>
/// The faults that a <see cref="LoopbackWebServer"/> has on order. A request meets the first that matches it and no other; a fault that has
/// been met as often as it should is taken off. Safe to use from several threads.
/// </summary>
public sealed class WebFaults
{
    private readonly Lock _gate = new();
    private readonly List<(WebFault Fault, int? Left)> _orders = [];

    internal WebFaults()
    {
    }

    /// <summary>How many faults are on order still: zero once all that were limited have been met.</summary>
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

    /// <summary>Orders a fault, after those that are there.</summary>
    /// <param name="fault">The fault.</param>
    public WebFaults Add(WebFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _orders.Add((fault, fault.Limit));
        }

        return this;
    }

    /// <summary>Takes all faults off: the server is well again. Answers on their way are not touched.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _orders.Clear();
        }
    }

    internal WebFault? Take(ReceivedRequest request) => Take(fault => fault.Manner == WebFaultManner.Answer && fault.Matches(request));

    internal bool Take(WebFaultManner manner) => Take(fault => fault.Manner == manner) is not null;

    private WebFault? Take(Predicate<WebFault> matches)
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
