namespace DomainVerification.Testing;

/// <summary>
/// The faults that a <see cref="LoopbackWebServer"/> has on order. A request meets the first that matches it and no other; a fault that has
/// been met as often as it should is taken off. Safe to use from several threads.
/// </summary>
public sealed class WebFaults
{
    private readonly FaultOrders<WebFault> _orders = new();

    internal WebFaults()
    {
    }

    /// <summary>How many faults are on order still: zero once all that were limited have been met.</summary>
    public int Count => _orders.Count;

    /// <summary>Orders a fault, after those that are there.</summary>
    /// <param name="fault">The fault.</param>
    public WebFaults Add(WebFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _orders.Add(fault, fault.Limit);
        return this;
    }

    /// <summary>Takes all faults off: the server is well again. Answers on their way are not touched.</summary>
    public void Clear() => _orders.Clear();

    internal WebFault? Take(ReceivedRequest request) => _orders.Take(fault => fault.Manner == WebFaultManner.Answer && fault.Matches(request));

    internal bool Take(WebFaultManner manner) => _orders.Take(fault => fault.Manner == manner) is not null;
}
