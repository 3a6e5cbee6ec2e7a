using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>
/// DNS over HTTPS (RFC 8484): POST requests over HTTP/2, to the address of the server and no other, and only where its certificate proves its
/// name. Queries to one server share connections.
/// </summary>
/// <remarks>
/// <para>
/// There are no proxies, redirects, cookies, credentials or compression, and no header that tells more than the protocol needs. Of a response
/// only the status, the media type <c>application/dns-message</c> and at most 65,535 octets are taken. Certificates are checked, and queries
/// padded, as <see cref="TlsDnsTransport"/> does.
/// </para>
/// <para>
/// Besides the codes of <see cref="TlsDnsTransport"/>, <see cref="DnsExchange.Detail"/> may be <c>http2_not_negotiated</c>,
/// <c>http_status_NNN</c>, <c>http_media_type</c>, <c>http_body_too_long</c>, <c>http_body_is_no_answer</c>, <c>http_headers_too_long</c> or
/// <c>http_protocol_error</c>.
/// </para>
/// </remarks>
public sealed class HttpsDnsTransport : IDnsTransport, IDisposable
{
    private const string MediaType = "application/dns-message";
    private const int MaxTries = 2;

    private static readonly MediaTypeHeaderValue ContentType = new(MediaType);
    private static readonly MediaTypeWithQualityHeaderValue Accept = new(MediaType);

    private readonly TimeProvider _timeProvider;
    private readonly HttpsClients _clients;

    /// <summary>Makes a transport; it connects when the first query comes.</summary>
    /// <param name="timeProvider">
    /// The clock of the timeouts of queries; what connections wait for, and the validity of certificates, go by the system's.
    /// </param>
    /// <param name="trustedRoots">The only authorities to trust; those of the operating system where there are none.</param>
    public HttpsDnsTransport(TimeProvider timeProvider, params IEnumerable<X509Certificate2> trustedRoots)
        : this(timeProvider, trustedRoots, static _ => null)
    {
    }

    /// <summary>Makes a transport over handlers that somebody else keeps, as <see cref="HttpsClients"/> wants them.</summary>
    internal HttpsDnsTransport(
        TimeProvider timeProvider,
        IEnumerable<X509Certificate2> trustedRoots,
        Func<DnsServerEndpoint, HttpMessageHandler?> kept)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(trustedRoots);
        _timeProvider = timeProvider;
        _clients = new HttpsClients(TlsConnector.ForHttp2(trustedRoots), kept);
    }

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Https;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The server is not spoken with over HTTPS.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        server.Require(DnsServerProtocol.Https);
        using ExchangeTimer timer = new(timeout, _timeProvider, cancellationToken);
        using OutgoingQuery outgoing = new(QueryPadding.Pad(query), DnsTransportKind.Https);
        var client = _clients.Take(server);
        try
        {
            var reply = await AskAsync(client, server, outgoing, timer.Token).ConfigureAwait(false);
            return timer.End(reply.Outcome) with { Response = reply.Response, Detail = reply.Detail };
        }
        catch (OperationCanceledException)
        {
            return timer.EndByToken();
        }
        finally
        {
            _clients.GiveBack(server);
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _clients.Dispose();

    private static async ValueTask<StreamReply> AskAsync(
        HttpsClient client,
        DnsServerEndpoint server,
        OutgoingQuery outgoing,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var reply = await TryAsync(client, server, outgoing, cancellationToken).ConfigureAwait(false);
            if (!reply.MayRetry || tries == MaxTries)
            {
                return reply;
            }
        }
    }

    private static async ValueTask<StreamReply> TryAsync(
        HttpsClient client,
        DnsServerEndpoint server,
        OutgoingQuery outgoing,
        CancellationToken cancellationToken)
    {
        // A request that was given up may be on its way yet, so it has octets of its own.
        using QueryContent content = new(outgoing.Message.ToArray(), ContentType);

        // Exactly HTTP/2: a later version would find its own way to the name, past the address.
        using HttpRequestMessage request = new(HttpMethod.Post, new UriBuilder("https", server.ServerName, server.Port, server.Path).Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Accept = { Accept } },
        };
        try
        {
            return await client
                .SendAsync(request, content, response => TakeAsync(response, outgoing, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return HttpsFault.Of(exception);
        }
    }

    private static async ValueTask<StreamReply> TakeAsync(
        HttpResponseMessage response,
        OutgoingQuery outgoing,
        CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return StreamReply.Malformed(HttpsFault.Of(response.StatusCode));
        }

        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return StreamReply.Malformed(HttpsFault.MediaType);
        }

        using HttpsBody body = new();
        if (!await body.TryReadAsync(response.Content, cancellationToken).ConfigureAwait(false))
        {
            return StreamReply.Malformed(HttpsFault.BodyTooLong);
        }

        return outgoing.Judge(body.Octets, out var answer, out var error) switch
        {
            PacketVerdict.Accepted => StreamReply.Answered(answer!),
            PacketVerdict.Truncated => StreamReply.Malformed("truncated_over_https"),
            PacketVerdict.Malformed => StreamReply.Malformed(error.Code),
            _ => StreamReply.Malformed(HttpsFault.NotTheAnswer),
        };
    }
}
