namespace DomainVerification.Dns;

/// <summary>Makes connections that carry messages.</summary>
internal interface IStreamConnector
{
    /// <summary>Connects to a server; a stream that comes out is ready for messages.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The server cannot be reached.</exception>
    /// <exception cref="StreamConnectException">The server can be reached, but is not to be spoken with.</exception>
    ValueTask<Stream> ConnectAsync(DnsServerEndpoint server, CancellationToken cancellationToken);
}
