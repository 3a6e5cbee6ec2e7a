using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using DomainVerification.Tests.Tls;

namespace DomainVerification.Dns.Tests;

/// <summary>What goes over the wire of HTTP/2 (RFC 9113).</summary>
public sealed class HttpsFrameTests : IDisposable
{
    private const string ServerName = "dns.example";
    private const int PrefaceLength = 24;
    private const int FrameHeaderLength = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;

    private readonly TestAuthority _authority = new();
    private readonly HttpsDnsTransport _transport;

    public HttpsFrameTests() => _transport = new HttpsDnsTransport(TimeProvider.System, _authority.Certificate);

    public void Dispose()
    {
        _transport.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task ManyAtOnce_OnAFreshConnection_EachGoesOutWholeAndNoMoreThan32Wait()
    {
        const int Requests = 40;
        const int AtOnce = 32;
        ConcurrentQueue<(byte Type, int Stream)> frames = [];
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(
            async peer =>
            {
                await ReadAsync(peer, PrefaceLength);
                await peer.SendRawAsync([0, 0, 0, Settings, 0, 0, 0, 0, 0]);
                while (true)
                {
                    var header = await ReadAsync(peer, FrameHeaderLength);
                    var length = (header[0] << 16) | (header[1] << 8) | header[2];
                    await ReadAsync(peer, length);
                    if (header[3] == Headers || (header[3] == Data && length > 0))
                    {
                        frames.Enqueue((header[3], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5))));
                    }

                    if (frames.Count == 2 * AtOnce)
                    {
                        full.TrySetResult();
                    }
                }
            },
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _authority.Issue(ServerName),
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            });
        var endpoint = DnsServerEndpoint.OverHttps(IPAddress.Loopback, ServerName, port: server.Port);
        using CancellationTokenSource enough = new(TimeSpan.FromSeconds(30));

        var exchanges = Enumerable.Range(0, Requests)
            .Select(i => _transport.ExchangeAsync(endpoint, Queries.Text($"n{i}.example.com"), TimeSpan.FromMinutes(1), enough.Token).AsTask())
            .ToList();
        await full.Task.WaitAsync(enough.Token);
        var seen = frames.Take(2 * AtOnce).ToList();
        await enough.CancelAsync();

        for (var i = 0; i < seen.Count; i += 2)
        {
            Assert.Equal(((Headers, seen[i].Stream), (Data, seen[i].Stream)), (seen[i], seen[i + 1]));
        }

        Assert.Equal(2 * AtOnce, frames.Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(exchanges));
    }

    private static async Task<byte[]> ReadAsync(StreamPeer peer, int length)
    {
        var octets = new byte[length];
        await peer.Stream.ReadExactlyAsync(octets, peer.Stopping);
        return octets;
    }
}
