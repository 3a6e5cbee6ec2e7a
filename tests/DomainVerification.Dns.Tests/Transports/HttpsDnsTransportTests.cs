using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using DomainVerification.Tests.Https;
using DomainVerification.Tests.Tls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DomainVerification.Dns.Tests;

public sealed class HttpsDnsTransportTests : IDisposable
{
    private const string ServerName = "dns.example";
    private const string MediaType = "application/dns-message";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestAuthority _authority = new();
    private readonly HttpsDnsTransport _transport;

    public HttpsDnsTransportTests() => _transport = new HttpsDnsTransport(TimeProvider.System, _authority.Certificate);

    public void Dispose()
    {
        _transport.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Exchange_Request_IsWhatTheStandardSaysAndNoMore()
    {
        ConcurrentQueue<HttpRequestFacts> requests = [];
        await using var server = await StartAsync((context, query) =>
        {
            requests.Enqueue(new HttpRequestFacts(context.Request, query));
            return AnswerAsync(context, Answers.Name(query));
        });

        Assert.Equal((DnsExchangeOutcome.Answered, null), Facts(await ExchangeAsync(server)));

        var request = Assert.Single(requests);
        Assert.Equal(("POST", "HTTP/2", "/dns-query", ""), (request.Method, request.Protocol, request.Path, request.QueryString));
        Assert.Equal(["Accept", "Content-Length", "Content-Type", "Host"], request.Headers.Keys.Order());
        Assert.Equal((MediaType, MediaType), (request.Headers["Accept"], request.Headers["Content-Type"]));
        Assert.Equal($"{ServerName}:{server.Port}", request.Headers["Host"]);
        Assert.Equal(0, Answers.Read(request.Body).Id);
        Assert.Equal(0, request.Body.Length % 128);
    }

    [Fact]
    public async Task Exchange_ManyAtOnce_ShareAConnectionAndGetTheirOwnAnswers()
    {
        await using var server = await StartAsync((context, query) => AnswerAsync(context, Answers.Name(query)));
        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server)).Outcome);

        var exchanges = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ExchangeAsync(server, $"n{i}.example.com")));

        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"n{i}.example.com"),
            exchanges.Select(exchange => ((DnsTxtRecord)exchange.Response!.Answers[0]).Text));
        Assert.Single(server.Connections);
    }

    [Fact]
    public async Task Exchange_TwoServersOfOneName_EachGetsItsOwnQueries()
    {
        await using var first = await StartAsync((context, query) => AnswerAsync(context, Answers.Text(query, "first")));
        DnsServerEndpoint nobody = DnsServerEndpoint.OverHttps(IPAddress.Parse("127.0.0.2"), ServerName, port: first.Port);

        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(first)).Outcome);
        var other = await _transport.ExchangeAsync(nobody, Queries.Text("a.example.com"), Patience, CancellationToken.None);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "connection_refused"), Facts(other));
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, null)]
    [InlineData(301, "http_status_301")]
    [InlineData(307, "http_status_307")]
    [InlineData(401, "http_status_401")]
    [InlineData(404, "http_status_404")]
    [InlineData(429, "http_status_429")]
    [InlineData(500, "http_status_500")]
    [InlineData(503, "http_status_503")]
    public async Task Exchange_AnyStatus_OnlySuccessIsTaken(int status, string? code)
    {
        var requests = 0;
        await using var server = await StartAsync((context, query) =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.SetCookie = "a=b";
            context.Response.Headers.WWWAuthenticate = "Basic";
            return AnswerAsync(context, Answers.Name(query));
        });

        var exchange = await ExchangeAsync(server);

        Assert.Equal((code is null ? DnsExchangeOutcome.Answered : DnsExchangeOutcome.Malformed, code), Facts(exchange));
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData(MediaType, null)]
    [InlineData("Application/DNS-Message", null)]
    [InlineData("application/dns-json", "http_media_type")]
    [InlineData("text/html", "http_media_type")]
    [InlineData("", "http_media_type")]
    public async Task Exchange_AnyMediaType_OnlyTheOneIsTaken(string mediaType, string? code)
    {
        await using var server = await StartAsync((context, query) => AnswerAsync(context, Answers.Name(query), mediaType));

        Assert.Equal(code, (await ExchangeAsync(server)).Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exchange_BodyThatIsTooLong_IsRefused(bool saysSo)
    {
        await using var server = await StartAsync(async (context, query) =>
        {
            context.Response.ContentType = MediaType;
            context.Response.ContentLength = saysSo ? 65_536 : null;
            await context.Response.Body.WriteAsync(new byte[65_536]);
        });

        Assert.Equal((DnsExchangeOutcome.Malformed, "http_body_too_long"), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_BodyWithoutEnd_IsRefused()
    {
        await using var server = await StartAsync(async (context, query) =>
        {
            context.Response.ContentType = MediaType;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[10_000], context.RequestAborted);
            }
        });

        Assert.Equal((DnsExchangeOutcome.Malformed, "http_body_too_long"), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_LargestBody_IsTaken()
    {
        string text = new('x', 60_000);
        await using var server = await StartAsync((context, query) => AnswerAsync(context, Answers.Text(query, text)));

        Assert.Equal(text, ((DnsTxtRecord)(await ExchangeAsync(server)).Response!.Answers[0]).Text);
    }

    [Theory]
    [InlineData("empty", "http_body_is_no_answer")]
    [InlineData("other id", "http_body_is_no_answer")]
    [InlineData("other question", "http_body_is_no_answer")]
    [InlineData("the query itself", "http_body_is_no_answer")]
    [InlineData("cut", "truncated_over_https")]
    [InlineData("trailing", "trailing_octets")]
    [InlineData("compressed", "http_body_is_no_answer")]
    public async Task Exchange_BodyThatIsNoAnswer_IsRefused(string kind, string code)
    {
        await using var server = await StartAsync((context, query) =>
        {
            context.Response.Headers.ContentEncoding = kind == "compressed" ? "gzip" : default;
            return AnswerAsync(context, kind switch
            {
                "empty" => [],
                "other id" => Answers.WrongId(query),
                "other question" => Answers.OtherQuestion(query),
                "cut" => Answers.Truncated(query),
                "trailing" => [.. Answers.Text(query), 0],
                "compressed" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                _ => query,
            });
        });

        Assert.Equal((DnsExchangeOutcome.Malformed, code), Facts(await ExchangeAsync(server)));
    }

    [Fact]
    public async Task Exchange_ServerThatSpeaksAnOlderHttpOnly_IsRefused()
    {
        await using var server = await HttpsServer.StartAsync(
            _authority.Issue(ServerName),
            (context, query) => AnswerAsync(context, Answers.Name(query)),
            HttpProtocols.Http1);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "tls_handshake_failed"), Facts(await ExchangeAsync(server)));
        Assert.Empty(server.Connections);
    }

    [Fact]
    public async Task Exchange_ServerThatDoesNotSayWhatItSpeaks_IsRefused()
    {
        await using StreamServer server = new(
            peer => peer.HangAsync(),
            new SslServerAuthenticationOptions { ServerCertificate = _authority.Issue(ServerName) });

        Assert.Equal((DnsExchangeOutcome.Unreachable, "http2_not_negotiated"), Facts(await ExchangeAsync(server.Port)));
    }

    [Theory]
    [InlineData("name", "tls_name_mismatch")]
    [InlineData("time", "tls_certificate_expired")]
    [InlineData("authority", "tls_certificate_untrusted")]
    public async Task Exchange_BadCertificate_IsRefusedBeforeTheQuery(string what, string code)
    {
        var certificate = what switch
        {
            "name" => _authority.Issue("other.example"),
            "time" => _authority.Issue(ServerName, expired: true),
            _ => TestAuthority.SelfSigned(ServerName),
        };
        await using var server = await HttpsServer.StartAsync(certificate, (context, query) => AnswerAsync(context, Answers.Name(query)));

        Assert.Equal((DnsExchangeOutcome.Unreachable, code), Facts(await ExchangeAsync(server)));
        Assert.Empty(server.Connections);
    }

    [Fact]
    public async Task Exchange_ServerThatHangs_TimesOutAndTheNextQueryIsAnswered()
    {
        await using var server = await StartAsync((context, query) => Answers.Read(query).Question!.Name == DnsName.Parse("slow.example.com")
            ? Task.Delay(Timeout.Infinite, context.RequestAborted)
            : AnswerAsync(context, Answers.Name(query)));

        var slow = await _transport.ExchangeAsync(
            EndpointOf(server.Port),
            Queries.Text("slow.example.com"),
            TimeSpan.FromMilliseconds(300),
            CancellationToken.None);

        Assert.Equal(DnsExchangeOutcome.TimedOut, slow.Outcome);
        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server)).Outcome);
    }

    [Fact]
    public async Task Exchange_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        await using var server = await StartAsync(async (context, _) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _transport
            .ExchangeAsync(EndpointOf(server.Port), Queries.Text("a.example.com"), Patience, source.Token)
            .AsTask());
    }

    [Fact]
    public async Task Exchange_AbortedMidway_IsSentOnceMoreAndNoMore()
    {
        var requests = 0;
        await using var server = await StartAsync(async (context, _) =>
        {
            Interlocked.Increment(ref requests);
            context.Response.ContentType = MediaType;
            await context.Response.Body.WriteAsync(new byte[20]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal((DnsExchangeOutcome.Unreachable, "connection_closed"), Facts(await ExchangeAsync(server)));
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Exchange_ConnectionClosedBeforeHttp2Begins_IsMalformed()
    {
        await using StreamServer server = new(
            async peer =>
            {
                var received = new byte[24];
                await peer.Stream.ReadExactlyAsync(received, peer.Stopping);

                // What is left unread when a socket closes makes the system reset the connection, which is another fault.
                await ((SslStream)peer.Stream).ShutdownAsync();
                while (await peer.Stream.ReadAsync(received, peer.Stopping) > 0)
                {
                }
            },
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _authority.Issue(ServerName),
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            });

        Assert.Equal((DnsExchangeOutcome.Malformed, "http_protocol_error"), Facts(await ExchangeAsync(server.Port)));
    }

    [Fact]
    public async Task Exchange_ManyServers_ForgetsThoseThatAreNotUsed()
    {
        await using var server = await StartAsync((context, query) => AnswerAsync(context, Answers.Name(query)));

        for (var i = 0; i < 40; i++)
        {
            var endpoint = DnsServerEndpoint.OverHttps(IPAddress.Loopback, ServerName, $"/q{i}", server.Port);
            var exchange = await _transport.ExchangeAsync(endpoint, Queries.Text("a.example.com"), Patience, CancellationToken.None);
            Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        }

        Assert.Equal(40, server.Connections.Count);
    }

    [Fact]
    public async Task Disposed_TakesNoQueries()
    {
        await using var server = await StartAsync((context, query) => AnswerAsync(context, Answers.Name(query)));
        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server)).Outcome);

        _transport.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ExchangeAsync(server));
    }

    private static (DnsExchangeOutcome Outcome, string? Detail) Facts(DnsExchange exchange) => (exchange.Outcome, exchange.Detail);

    private static DnsServerEndpoint EndpointOf(int port) => DnsServerEndpoint.OverHttps(IPAddress.Loopback, ServerName, port: port);

    private static async Task AnswerAsync(HttpContext context, byte[] answer, string mediaType = MediaType)
    {
        context.Response.ContentType = mediaType.Length == 0 ? null : mediaType;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private Task<HttpsServer> StartAsync(Func<HttpContext, byte[], Task> answer) =>
        HttpsServer.StartAsync(_authority.Issue(ServerName), answer);

    private Task<DnsExchange> ExchangeAsync(HttpsServer server, string name = "a.example.com") => ExchangeAsync(server.Port, name);

    private Task<DnsExchange> ExchangeAsync(int port, string name = "a.example.com") => _transport
        .ExchangeAsync(EndpointOf(port), Queries.Text(name), Patience, CancellationToken.None)
        .AsTask();

    private sealed class HttpRequestFacts(HttpRequest request, byte[] body)
    {
        public string Method { get; } = request.Method;

        public string Protocol { get; } = request.Protocol;

        public string Path { get; } = request.Path;

        public string QueryString { get; } = request.QueryString.ToString();

        public Dictionary<string, string> Headers { get; } = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());

        public byte[] Body { get; } = body;
    }
}
