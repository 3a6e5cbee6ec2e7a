using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace DomainVerification.Dns.Tests;

/// <summary>A server on loopback whose connections do what a test says, in clear text or over TLS.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<StreamPeer, Task> _serve;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _loop;
    private int _accepted;

    /// <param name="serve">What a connection does; it is closed when that ends.</param>
    /// <param name="tls">How the server shows itself; null for clear text.</param>
    public StreamServer(Func<StreamPeer, Task> serve, SslServerAuthenticationOptions? tls = null)
    {
        (_serve, _tls) = (serve, tls);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _loop = AcceptAsync();
    }

    public int Port { get; }

    public DnsServerEndpoint Endpoint => new(IPAddress.Loopback, Port);

    /// <summary>How many connections have come.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                _connections.Add(ServeAsync(socket, Interlocked.Increment(ref _accepted)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            await using NetworkStream network = new(socket, ownsSocket: true);
            if (_tls is null)
            {
                await _serve(new StreamPeer(network, number, _stop.Token));
                return;
            }

            await using SslStream stream = new(network);
            await stream.AuthenticateAsServerAsync(_tls, _stop.Token);
            await _serve(new StreamPeer(stream, number, _stop.Token));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or AuthenticationException)
        {
            // The client has gone, or the test is over.
        }
    }
}

/// <summary>One connection of a <see cref="StreamServer"/>.</summary>
internal sealed class StreamPeer(Stream stream, int number, CancellationToken stopping)
{
    /// <summary>1 for the first connection to the server.</summary>
    public int Number => number;

    public CancellationToken Stopping => stopping;

    public Stream Stream => stream;

    /// <summary>The next query; the end of the connection throws.</summary>
    public async Task<byte[]> ReadAsync()
    {
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, stopping);
        var query = new byte[(prefix[0] << 8) | prefix[1]];
        await stream.ReadExactlyAsync(query, stopping);
        return query;
    }

    public async Task<IReadOnlyList<byte[]>> ReadAsync(int count)
    {
        List<byte[]> queries = [];
        while (queries.Count < count)
        {
            queries.Add(await ReadAsync());
        }

        return queries;
    }

    public Task SendAsync(byte[] message) => SendRawAsync(RawServer.Prefixed(message));

    public async Task SendRawAsync(byte[] octets) => await stream.WriteAsync(octets, stopping);

    /// <summary>Answers every query with its own name, at once.</summary>
    public async Task EchoAsync()
    {
        while (true)
        {
            await SendAsync(Answers.Name(await ReadAsync()));
        }
    }

    /// <summary>Says nothing until the client has gone.</summary>
    public async Task HangAsync()
    {
        while (true)
        {
            await ReadAsync();
        }
    }
}
