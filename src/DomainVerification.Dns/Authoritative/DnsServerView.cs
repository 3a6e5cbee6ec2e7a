namespace DomainVerification.Dns;

/// <summary>What one server of a zone said. Immutable.</summary>
/// <param name="Server">Its address and port.</param>
/// <param name="HostName">The name under which the zone is delegated to it.</param>
/// <param name="Standing">What its word is to the answer.</param>
public sealed record DnsServerView(DnsServerEndpoint Server, DnsName HostName, DnsServerStanding Standing)
{
    /// <summary>How the server answers the question; null where it did not answer with authority.</summary>
    public DnsLookupStatus? Status { get; init; }

    /// <summary>The records that it has; empty where it has none.</summary>
    public IReadOnlyList<DnsRecord> Records { get; init; } = [];

    /// <summary>
    /// The serial of its version of the zone; null where it was not learnt. Asked for only where servers do not say the same.
    /// </summary>
    public uint? Serial { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>More about a failure, as a stable code of <see cref="DnsAttempt.Detail"/>; null where there is no more.</summary>
    public string? Detail { get; init; }
}
