namespace DomainVerification.Dns;

/// <summary>Over what a resolver sends its queries.</summary>
public enum DnsTransportMode
{
    /// <summary>UDP first; TCP where a response was cut or does not repeat the question faithfully.</summary>
    UdpThenTcp,

    /// <summary>TCP only: slower, but nobody off the path can forge a response.</summary>
    TcpOnly,
}
