using System.Net.Sockets;

namespace DomainVerification.Testing;

/// <summary>Tells a client that went away, which is the client's right, from a fault of the server.</summary>
internal static class ClientGone
{
    public static bool Explains(SocketException exception) => exception.SocketErrorCode is
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.ConnectionRefused or SocketError.Shutdown;
}
