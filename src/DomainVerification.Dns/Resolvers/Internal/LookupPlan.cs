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
    LookupObserver Observer);
