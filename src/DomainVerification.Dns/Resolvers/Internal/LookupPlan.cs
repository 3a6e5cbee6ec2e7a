namespace DomainVerification.Dns;

/// <summary>Whom a look-up asks, over what and how long.</summary>
internal sealed record LookupPlan(
    IReadOnlyList<DnsServerEndpoint> Servers,
    IDnsTransport FirstTransport,
    IDnsTransport StreamTransport,
    TimeSpan TryTimeout,
    int TriesPerServer,
    TimeSpan Deadline,
    TimeProvider TimeProvider,
    ServerMemory Memory,
    LookupObserver Observer)
{
    /// <summary>What encrypted servers are asked over; null where there are none.</summary>
    public EncryptedTransports? Encrypted { get; init; }

    /// <summary>Over what a server is asked first. An encrypted one has a single transport, and no other is ever used for it.</summary>
    public IDnsTransport TransportFor(DnsServerEndpoint server) =>
        Encrypted?.Find(server) ?? (Memory.WantsStream(server) ? StreamTransport : FirstTransport);
}
