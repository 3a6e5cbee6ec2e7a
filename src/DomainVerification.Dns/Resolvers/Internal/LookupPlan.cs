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
    /// <summary>Who may send to which server now.</summary>
    public required ServerTurns Turns { get; init; }

    /// <summary>What encrypted servers are asked over; null where there are none.</summary>
    public EncryptedTransports? Encrypted { get; init; }

    /// <summary>Over what a server is asked first. An encrypted one has a single transport, and no other is ever used for it.</summary>
    public IDnsTransport TransportFor(DnsServerEndpoint server) =>
        Encrypted?.Find(server) ?? (Memory.WantsStream(server) ? StreamTransport : FirstTransport);

    /// <summary>Reads the options.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public static LookupPlan From(
        DnsResolverOptions options,
        IReadOnlyList<DnsServerEndpoint> servers,
        IDnsTransport datagramTransport,
        IDnsTransport streamTransport,
        TimeProvider timeProvider,
        LookupObserver observer)
    {
        ArgumentNullException.ThrowIfNull(datagramTransport);
        ArgumentNullException.ThrowIfNull(streamTransport);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        return new LookupPlan(
            servers,
            options.Transport == DnsTransportMode.TcpOnly ? streamTransport : datagramTransport,
            streamTransport,
            options.TryTimeout,
            options.TriesPerServer,
            options.Deadline,
            timeProvider,
            new ServerMemory(timeProvider),
            observer)
        {
            Turns = new ServerTurns(options.MaxInFlightPerServer, timeProvider),
        };
    }
}
