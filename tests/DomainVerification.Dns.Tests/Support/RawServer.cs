using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// A server on loopback that sends back whatever octets a test wants, over UDP and TCP on the same port. Without an answer for a query it
/// stays silent.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private const int MaximumBinds = 50;

    private readonly CancellationTokenSource _stop = new();
    private Socket _datagrams = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<byte[], IEnumerable<byte[]>> _onUdp;
    private readonly Func<byte[], byte[]?> _onTcp;
    private readonly Task _udpLoop;
    private readonly Task _tcpLoop;

    /// <param name="onUdp">The datagrams to send for a query.</param>
    /// <param name="onTcp">The octets to send for a query, length included, before closing; null to stay silent.</param>
    public RawServer(Func<byte[], IEnumerable<byte[]>>? onUdp = null, Func<byte[], byte[]?>? onTcp = null)
    {
        _onUdp = onUdp ?? (_ => []);
        _onTcp = onTcp ?? (_ => null);
        BindBoth();

        // Some hundred queries at once find room.
        _datagrams.ReceiveBufferSize = 1 << 22;
        _listener.Listen();
        _udpLoop = ServeUdpAsync();
        _tcpLoop = ServeTcpAsync();
    }

    public DnsServerEndpoint Endpoint => new(IPAddress.Loopback, ((IPEndPoint)_datagrams.LocalEndPoint!).Port);

    public ConcurrentQueue<byte[]> UdpQueries { get; } = [];

    public ConcurrentQueue<int> UdpPorts { get; } = [];

    public ConcurrentQueue<byte[]> TcpQueries { get; } = [];

    /// <summary>The octets of a message with its length before it.</summary>
    public static byte[] Prefixed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_udpLoop, _tcpLoop);
        _datagrams.Dispose();
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>A port that is free for datagrams may be taken for streams, so it looks for one that is free for both.</summary>
    private void BindBoth()
    {
        for (var tries = 1; ; tries++)
        {
            _datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                _listener.Bind(_datagrams.LocalEndPoint!);
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < MaximumBinds)
            {
                _datagrams.Dispose();
                _datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[65_535];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received =
                    await _datagrams.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var query = buffer[..received.ReceivedBytes];
                UdpQueries.Enqueue(query);
                UdpPorts.Enqueue(((IPEndPoint)received.RemoteEndPoint).Port);
                foreach (var answer in _onUdp(query))
                {
                    await _datagrams.SendToAsync(answer, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client of an earlier answer is gone.
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        List<Socket> silent = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                var prefix = await ReadAsync(client, 2);
                var query = await ReadAsync(client, (prefix[0] << 8) | prefix[1]);
                TcpQueries.Enqueue(query);
                if (_onTcp(query) is not byte[] answer)
                {
                    silent.Add(client);
                    continue;
                }

                await client.SendAsync(answer, _stop.Token);
                client.Shutdown(SocketShutdown.Send);
                silent.Add(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    private async Task<byte[]> ReadAsync(Socket client, int length)
    {
        var octets = new byte[length];
        for (var read = 0; read < length;)
        {
            var received = await client.ReceiveAsync(octets.AsMemory(read), _stop.Token);
            if (received == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            read += received;
        }

        return octets;
    }
}
