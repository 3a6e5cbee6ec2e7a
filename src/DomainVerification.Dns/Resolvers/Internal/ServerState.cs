namespace DomainVerification.Dns;

/// <summary>What one query has learnt about one server.</summary>
internal sealed class ServerState(DnsServerEndpoint endpoint, IDnsTransport transport)
{
    private int _sendings;

    public DnsServerEndpoint Endpoint { get; } = endpoint;

    /// <summary>Over what the next sending goes.</summary>
    public IDnsTransport Transport { get; private set; } = transport;

    /// <summary>The EDNS part of the next sending; null once the server did not understand it.</summary>
    public DnsEdns? Edns { get; private set; } = new();

    /// <summary>Whether asking again may help; false once the server said or showed that it will not answer this query.</summary>
    public bool IsWorthAsking { get; private set; } = true;

    /// <summary>Whether one more sending over this transport is allowed (RFC 9520, section 3.1).</summary>
    public bool MaySend => IsWorthAsking && _sendings < DnsResolverOptions.MaxTriesPerServer;

    public void CountSending() => _sendings++;

    public void SwitchTo(IDnsTransport transport)
    {
        Transport = transport;
        _sendings = 0;
    }

    public void DropEdns() => Edns = null;

    public void GiveUp() => IsWorthAsking = false;
}
