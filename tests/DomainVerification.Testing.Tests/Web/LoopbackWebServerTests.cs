using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DomainVerification.Testing.Tests.Web;

/// <summary>The server as a client sees it.</summary>
public sealed class LoopbackWebServerTests : IAsyncDisposable
{
    private readonly LoopbackWebServer _web = LoopbackWebServer.Start(new LoopbackWebServerOptions { TimeProvider = new ManualTimeProvider() });

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    [Fact]
    public async Task File_IsServedToItsHostAndPathAlone()
    {
        _web.Put("acme.example", "/f?a=b", "here");

        Assert.Equal((HttpStatusCode.OK, "here"), await GetAsync("acme.example", "/f?a=b"));
        Assert.Equal((HttpStatusCode.OK, "here"), await GetAsync("ACME.example:8080", "/f?a=b"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("acme.example", "/f")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("www.acme.example", "/f?a=b")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("acme.example", "/F?a=b")).Status);

        _web.Remove("acme.example", "/f?a=b");
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("acme.example", "/f?a=b")).Status);
    }

    [Fact]
    public async Task File_OverHttps_IsServedWithTheCertificate()
    {
        _web.Put(new ChallengeFile("http://acme.example/f", "acme.example", "/f", "here"));

        Assert.Equal((HttpStatusCode.OK, "here"), await GetAsync("acme.example", "/f", "https"));

        Assert.Equal("https", Assert.Single(_web.Requests).Scheme);
        Assert.True(_web.Certificate.MatchesHostname("localhost"));
    }

    [Fact]
    public async Task Redirect_IsServed()
    {
        _web.Redirect("acme.example", "/f", "https://elsewhere.example/g", 308);
        using var request = Request("acme.example", "/f", "http");

        using var response = await _client.SendAsync(request);

        Assert.Equal((308, "https://elsewhere.example/g"), ((int)response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Request_IsKeptAsItCame()
    {
        using var request = Request("acme.example", "/f", "http");
        request.Headers.Add("X-Two", ["a", "b"]);

        using var response = await _client.SendAsync(request);

        var received = Assert.Single(_web.Requests);
        Assert.Equal(("http", "GET", "acme.example", "/f"), (received.Scheme, received.Method, received.Host, received.Path));
        Assert.Equal("a, b", received.Headers["x-two"]);
        Assert.Equal(ManualTimeProvider.DefaultStart, received.ReceivedAt);
    }

    [Fact]
    public async Task Faults_MeetWhatTheyAreFor_AsOftenAsTheyShould()
    {
        _web.Put("acme.example", "/f", "here");
        _web.Faults.Add(WebFault.Status(503).For("acme.example").At("/f").Times(2)).Add(WebFault.Answer(200, "other").Once());

        Assert.Equal("other", (await GetAsync("other.example", "/f")).Content);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("acme.example", "/f")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("acme.example", "/f")).Status);
        Assert.Equal((HttpStatusCode.OK, "here"), await GetAsync("acme.example", "/f"));
        Assert.Equal(0, _web.Faults.Count);
    }

    [Fact]
    public async Task Faults_Cleared_AreGone()
    {
        _web.Put("acme.example", "/f", "here").Faults.Add(WebFault.Close());
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("acme.example", "/f"));

        _web.Faults.Clear();

        Assert.Equal((HttpStatusCode.OK, "here"), await GetAsync("acme.example", "/f"));
    }

    [Theory]
    [InlineData("close", "")]
    [InlineData("close halfway", "her")]
    [InlineData("octets", "raw")]
    [InlineData("rewritten", "HERE")]
    public async Task BrokenAnswer_IsSentAsOrdered(string kind, string end)
    {
        _web.Put("acme.example", "/f", "here").Faults.Add(kind switch
        {
            "close" => WebFault.Close(),
            "close halfway" => WebFault.CloseHalfway(),
            "octets" => WebFault.Octets("raw"u8.ToArray()),
            _ => WebFault.OfOctets(right => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(right).ToUpperInvariant())),
        });

        var answer = await RawAsync();

        Assert.EndsWith(end, answer, StringComparison.Ordinal);
        Assert.Equal(kind is "close", answer.Length == 0);
    }

    [Fact]
    public async Task Stalled_HoldsTheConnectionUntilTheClientGoes()
    {
        _web.Put("acme.example", "/f", "here").Faults.Add(WebFault.StallInBody());
        using var client = await SendRawAsync();
        var soon = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
        var buffer = new byte[1000];
        var text = string.Empty;
        while (!text.EndsWith("her", StringComparison.Ordinal))
        {
            text += Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer, soon));
        }

        var more = client.ReceiveAsync(buffer, soon).AsTask();

        Assert.NotSame(more, await Task.WhenAny(more, Task.Delay(50, soon)));
    }

    [Fact]
    public async Task NoTls_TlsPortSpeaksHttp()
    {
        _web.Faults.Add(WebFault.NoTls().Once());

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("acme.example", "/f", "https"));

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("acme.example", "/f", "https")).Status);
    }

    [Fact]
    public async Task FailureInside_IsThrownWhenDisposed()
    {
        var web = LoopbackWebServer.Start();
        web.Faults.Add(WebFault.OfOctets(_ => throw new InvalidOperationException("of the test")));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{web.HttpPort}/");
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.SendAsync(request));

        var failure = await Assert.ThrowsAsync<AggregateException>(async () => await web.DisposeAsync());

        Assert.All(failure.InnerExceptions, inner => Assert.Equal("of the test", inner.Message));
    }

    [Fact]
    public async Task Disposed_EndsWhatIsUnderWay()
    {
        var web = LoopbackWebServer.Start();
        web.Faults.Add(WebFault.Stall());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{web.HttpPort}/");
        var asking = _client.SendAsync(request);
        await web.WaitForRequestsAsync(1, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

        await web.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _web.DisposeAsync();
    }

    private HttpRequestMessage Request(string host, string path, string scheme)
    {
        var port = scheme == "https" ? _web.HttpsPort : _web.HttpPort;
        var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://127.0.0.1:{port}{path}");
        request.Headers.Host = host;
        return request;
    }

    private async Task<(HttpStatusCode Status, string Content)> GetAsync(string host, string path, string scheme = "http")
    {
        using var request = Request(host, path, scheme);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<Socket> SendRawAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _web.HttpPort));
        await client.SendAsync(Encoding.ASCII.GetBytes("GET /f HTTP/1.1\r\nHost: acme.example\r\n\r\n"));
        return client;
    }

    private async Task<string> RawAsync()
    {
        using var client = await SendRawAsync();
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
