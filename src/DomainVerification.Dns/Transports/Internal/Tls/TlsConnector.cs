using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>Connects over TLS, to the server whose name the certificate proves or to none.</summary>
/// <param name="trust">Which certificates are good.</param>
/// <param name="protocol">What is spoken inside (ALPN, RFC 7301).</param>
internal sealed class TlsConnector(TlsTrust trust, SslApplicationProtocol protocol) : IStreamConnector
{
    /// <summary>DNS over TLS, in the registry of ALPN.</summary>
    public static readonly SslApplicationProtocol Dot = new("dot");

    private readonly TcpConnector _tcp = new();

    /// <summary>What connects for HTTP/2, and trusts these authorities, or those of the operating system where there are none.</summary>
    public static TlsConnector ForHttp2(IEnumerable<X509Certificate2> trustedRoots) =>
        new(new TlsTrust(trustedRoots), SslApplicationProtocol.Http2);

    public async ValueTask<Stream> ConnectAsync(DnsServerEndpoint server, CancellationToken cancellationToken)
    {
        string? fault = null;
        var options = trust.Options(
            server.ServerName!,
            protocol,
            (_, _, chain, errors) => (fault = TlsFaultCodes.Find(chain, errors)) is null);
        SslStream stream = new(await _tcp.ConnectAsync(server, cancellationToken).ConfigureAwait(false));
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);

            // Servers over TLS may not know the name of what they speak; HTTP/2 is spoken by agreement only.
            return protocol == SslApplicationProtocol.Http2 && stream.NegotiatedApplicationProtocol != protocol
                ? throw new StreamConnectException(TlsFaultCodes.NoHttp2)
                : stream;
        }
        catch (Exception exception) when (exception is AuthenticationException or (IOException and not StreamConnectException))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new StreamConnectException(fault ?? TlsFaultCodes.HandshakeFailed, exception);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
