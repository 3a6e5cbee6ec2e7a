namespace DomainVerification.Dns;

/// <summary>
/// Connects to one server, whatever the name in the URL may lead to. The TLS handshake is done, and the certificate checked, when the stream
/// comes out.
/// </summary>
internal sealed class PinnedServer(DnsServerEndpoint server, IStreamConnector connector)
{
    public DnsServerEndpoint Server => server;

    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        connector.ConnectAsync(server, cancellationToken);
}
