namespace DomainVerification.Testing;

/// <summary>How a query came to a <see cref="LoopbackDnsServer"/>.</summary>
public enum LoopbackTransport
{
    /// <summary>In a datagram.</summary>
    Udp,

    /// <summary>Over a connection.</summary>
    Tcp,
}
