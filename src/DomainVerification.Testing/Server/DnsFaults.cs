using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>
/// The faults that a <see cref="LoopbackDnsServer"/> or an <see cref="InMemoryDnsResolver"/> has on order. A query meets the first that
/// matches it and no other; a fault that has been met as often as it should is taken off. Safe to use from several threads.
/// </summary>
public sealed class DnsFaults
{
    private readonly FaultOrders<DnsFault> _orders = new();

    internal DnsFaults()
    {
    }

    /// <summary>How many faults are on order still: zero once all that were limited have been met.</summary>
    public int Count => _orders.Count;

    /// <summary>Orders a fault, after those that are there.</summary>
    /// <param name="fault">The fault.</param>
    public DnsFaults Add(DnsFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _orders.Add(fault, fault.Limit);
        return this;
    }

    /// <summary>Takes all faults off: the server is well again. Answers on their way are not touched.</summary>
    public void Clear() => _orders.Clear();

    internal DnsFault? Take(DnsMessage query, LoopbackTransport transport) => _orders.Take(fault => fault.Matches(query, transport));

    internal bool TakeRefusal() => _orders.Take(fault => fault.RefusesConnections) is not null;
}
