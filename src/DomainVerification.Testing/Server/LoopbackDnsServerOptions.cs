using System.Net;

namespace DomainVerification.Testing;

/// <summary>Where a <see cref="LoopbackDnsServer"/> listens, and by which clock.</summary>
public sealed class LoopbackDnsServerOptions
{
    /// <summary>The address to listen on; a loopback address.</summary>
    /// <value>127.0.0.1 until set. Where the system answers on all of 127.0.0.0/8, each server can have an address of its own.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port for UDP and TCP alike; 0 for a free one.</summary>
    /// <value>0 until set.</value>
    public int Port { get; init; }

    /// <summary>Tells the time for <see cref="ReceivedQuery.ReceivedAt"/>.</summary>
    /// <value>The system's clock until set.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
