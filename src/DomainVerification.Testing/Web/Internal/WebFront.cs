using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Testing;

/// <summary>One port of a web server, with TLS where it has a certificate.</summary>
internal sealed class WebFront : IDisposable
{
    private const int Backlog = 512;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SslStreamCertificateContext? _certificate;
    private readonly WebExchange _exchange;
    private readonly ServerTasks _tasks;

    public WebFront(int port, X509Certificate2? certificate, WebExchange exchange, ServerTasks tasks)
    {
        (_exchange, _tasks) = (exchange, tasks);

        // Offline, or the server would load the issuers that the certificate names.
        _certificate = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(Backlog);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var connection = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (!_tasks.TryStart(() => ServeAsync(connection, cancellationToken)))
                {
                    connection.Dispose();
                }
            }
            catch (SocketException exception) when (ClientGone.Explains(exception))
            {
                // The client gave up before it was accepted.
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        try
        {
            connection.NoDelay = true;
            var plain = new NetworkStream(connection, ownsSocket: true);
            await using (plain.ConfigureAwait(false))
            {
                if (_certificate is null)
                {
                    await _exchange.RunAsync(plain, connection, "http", cancellationToken).ConfigureAwait(false);
                    return;
                }

                if (_exchange.TakesTlsAway())
                {
                    await WebExchange.RefuseAsync(plain, cancellationToken).ConfigureAwait(false);
                    return;
                }

                var tls = new SslStream(plain);
                await using (tls.ConfigureAwait(false))
                {
                    var options = new SslServerAuthenticationOptions { ServerCertificateContext = _certificate };
                    await tls.AuthenticateAsServerAsync(options, cancellationToken).ConfigureAwait(false);
                    await _exchange.RunAsync(tls, connection, "https", cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            // The client went away, or did not like the certificate: that is for the client to tell.
        }
    }
}
