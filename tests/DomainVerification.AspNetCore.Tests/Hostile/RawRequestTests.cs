using System.Net.Sockets;
using System.Text;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Hostile;

/// <summary>Bytes that no client library sends, to every endpoint on a real server: no 500, problem details from what is reached.</summary>
public sealed class RawRequestTests
{
    private const string Json = "Content-Type: application/json\r\n";

    /// <summary>What stands behind the method, with {path} for the address of an endpoint. Each character is a byte.</summary>
    public static TheoryData<string, string> Requests() => new()
    {
        { "bytes that are no UTF-8 in the address", "{path}\u00ff\u00fe HTTP/1.1\r\n\r\n" },
        { "escapes that are no UTF-8 in the address", "{path}%FF%C0%AF HTTP/1.1\r\n\r\n" },
        { "half an escape in the address", "{path}% HTTP/1.1\r\n\r\n" },
        { "U+0000 in the address", "{path}%00 HTTP/1.1\r\n\r\n" },
        { "dots in the address", "{path}/%2e%2e/%2e%2e/..%5c.. HTTP/1.1\r\n\r\n" },
        { "an endless address", "{path}{many} HTTP/1.1\r\n\r\n" },
        { "bytes that are no UTF-8 in the query", "{path}?limit=\u00ff&after=%ff HTTP/1.1\r\n\r\n" },
        {
            "bytes that are no UTF-8 in conditions",
            "{path} HTTP/1.1\r\nIf-Match: \u00ff\u00fe\r\nIf-None-Match: \u0080\r\nLast-Event-ID: \u00c3\u0028\r\n\r\n"
        },
        { "U+0000 in a condition", "{path} HTTP/1.1\r\nIf-Match: a\u0000b\r\n\r\n" },
        { "an endless condition", "{path} HTTP/1.1\r\nIf-Match: {many}\r\n\r\n" },
        { "many conditions", "{path} HTTP/1.1\r\nIf-Match: \"a\"\r\nIf-Match: \"b\"\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n" },
        { "chunks that are none", "{path} HTTP/1.1\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" },
        { "a chunk without its end", "{path} HTTP/1.1\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}garbage" },
        { "a chunk of an endless size", "{path} HTTP/1.1\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}" },
        { "a body that is shorter than said", "{path} HTTP/1.1\r\n" + Json + "Content-Length: 100\r\n\r\n{\"domain\":\"free.example\"}" },
        { "a body of more than fits", "{path} HTTP/1.1\r\n" + Json + "Content-Length: 99999999999\r\n\r\n{}" },
        { "two framings", "{path} HTTP/1.1\r\n" + Json + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
        { "a body that is no UTF-8", "{path} HTTP/1.1\r\n" + Json + "Content-Length: 14\r\n\r\n{\"domain\":\"\u00ff\"}" },
        {
            "a body that says it is packed",
            "{path} HTTP/1.1\r\n" + Json + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000"
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Bytes_that_no_client_sends_make_no_500(string what, string rest)
    {
        await using var host = await WebHost.StartAsync(
            onKestrel: true,
            map: app =>
            {
                app.Use((http, next) =>
                {
                    http.Response.Headers["X-Reached"] = http.GetEndpoint() is RouteEndpoint ? "yes" : "no";
                    return next(http);
                });
                app.MapDomainVerification("/domains");
                app.MapDomainVerificationReviews("/reviews");
            });
        await host.RequestAsync("acme.example");
        var before = await WholeStore.ReadAsync(host, withKept: true);

        foreach (var endpoint in HostileEndpoint.Of(host.Services.GetRequiredService<EndpointDataSource>()))
        {
            var path = endpoint.Route.Replace("{claim}", Guid.Empty.ToString(), StringComparison.Ordinal)
                .Replace("{domain}", "other.example", StringComparison.Ordinal);
            var answer = await SendAsync(host.Client.BaseAddress!, $"{endpoint.Method} {rest}", path);

            var status = answer.Length == 0 ? 0 : int.Parse(answer.Split(' ')[1], null);
            Assert.True(status is 0 or (>= 200 and < 500), $"{what}: {endpoint}\n{answer}");
            Assert.True(
                status < 400
                    || !answer.Contains("X-Reached: yes", StringComparison.OrdinalIgnoreCase)
                    || answer.Contains("application/problem+json", StringComparison.Ordinal),
                $"{what}: {endpoint}\n{answer}");
        }

        Assert.Equal(before, await WholeStore.ReadAsync(host, withKept: true));
    }

    /// <summary>Sends the bytes and reads until the server closes; nothing where it closed without a word.</summary>
    private static async Task<string> SendAsync(Uri address, string request, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var head = request.Replace("{path}", path, StringComparison.Ordinal)
            .Replace("{many}", new string('a', 20_000), StringComparison.Ordinal)
            .Replace(
                " HTTP/1.1\r\n",
                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + $"{TestScheme.Header}: tenant=ann&sub=olga&role=DomainVerification.Review\r\n",
                StringComparison.Ordinal);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
