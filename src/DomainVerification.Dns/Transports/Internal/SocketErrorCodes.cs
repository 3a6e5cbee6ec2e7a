using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>Stable codes for what sockets report.</summary>
internal static class SocketErrorCodes
{
    public const string ConnectionClosed = "connection_closed";
    public const string NetworkUnreachable = "network_unreachable";
    public const string AddressFamilyNotSupported = "address_family_not_supported";

    public static string For(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection_refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => ConnectionClosed,
        SocketError.HostUnreachable or SocketError.HostDown => "host_unreachable",
        SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.AddressNotAvailable => NetworkUnreachable,
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported => AddressFamilyNotSupported,
        SocketError.AccessDenied => "access_denied",
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable => "out_of_sockets",
        _ => "socket_error",
    };
}
