namespace DomainVerification.Dns;

/// <summary>Tells an address that there is no way to from here, such as any of IPv6 on an IPv4 network, from a server that is down.</summary>
internal static class NoRoute
{
    public static bool Explains(DnsExchange exchange) =>
        exchange.Outcome == DnsExchangeOutcome.Unreachable
        && exchange.Detail is SocketErrorCodes.NetworkUnreachable or SocketErrorCodes.AddressFamilyNotSupported;
}
