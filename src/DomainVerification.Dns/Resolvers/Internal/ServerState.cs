namespace DomainVerification.Dns;

/// <summary>What one query has learnt about one server.</summary>
internal sealed class ServerState(DnsServerEndpoint endpoint, IDnsTransport transport)
{
    private int _sendings;
    private int _badCookies;

    public DnsServerEndpoint Endpoint { get; } = endpoint;

    /// <summary>Over what the next sending goes.</summary>
    public IDnsTransport Transport { get; private set; } = transport;

    /// <summary>Whether the next sending has an EDNS part; false once the server did not understand it.</summary>
    public bool UsesEdns { get; private set; } = true;

    /// <summary>Whether a response did not repeat the case of the question.</summary>
    public bool BreaksCase { get; private set; }

    /// <summary>Whether asking again may help; false once the server said or showed that it will not answer this query.</summary>
    public bool IsWorthAsking { get; private set; } = true;

    /// <summary>Whether one more sending over this transport is allowed (RFC 9520, section 3.1).</summary>
    public bool MaySend => IsWorthAsking && _sendings < DnsResolverOptions.MaxTriesPerServer;

    /// <summary>Forgets the query before.</summary>
    /// <param name="transport">Over what the first sending of the next query goes.</param>
    public void Begin(IDnsTransport transport)
    {
        Transport = transport;
        (_sendings, _badCookies) = (0, 0);
        (UsesEdns, BreaksCase, IsWorthAsking) = (true, false, true);
    }

    public void CountSending() => _sendings++;

    public void SwitchTo(IDnsTransport transport)
    {
        Transport = transport;
        _sendings = 0;
    }

    public void DropEdns() => UsesEdns = false;

    public void NoteBrokenCase() => BreaksCase = true;

    /// <summary>Whether the server refuses a cookie for the first time, so that the one that it gave is worth a try.</summary>
    public bool MayTryAnotherCookie() => _badCookies++ == 0;

    public void GiveUp() => IsWorthAsking = false;
}
