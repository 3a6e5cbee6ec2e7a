using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>A server on loopback that says nothing until the test does.</summary>
internal sealed class HeldServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;

    public HeldServer(AddressFamily family = AddressFamily.InterNetwork)
    {
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
        _socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
        var local = (IPEndPoint)_socket.LocalEndPoint!;
        Endpoint = new DnsServerEndpoint(local.Address, local.Port);
    }

    public DnsServerEndpoint Endpoint { get; }

    /// <summary>Whether more has come than was received.</summary>
    public bool HasMore => _socket.Poll(0, SelectMode.SelectRead);

    public async Task<List<ReceivedQuery>> ReceiveAsync(int count)
    {
        using CancellationTokenSource patience = new(Patience);
        List<ReceivedQuery> queries = [];
        var buffer = new byte[4096];
        var anybody = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (queries.Count < count)
        {
            var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, patience.Token);
            queries.Add(new ReceivedQuery(buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint));
        }

        return queries;
    }

    /// <summary>Sends octets; on loopback they have come when this is over.</summary>
    public void Send(byte[] octets, IPEndPoint receiver) => _socket.SendTo(octets, receiver);

    /// <summary>Answers each query by the name that it asks for.</summary>
    public void Answer(IEnumerable<ReceivedQuery> queries)
    {
        foreach (var query in queries)
        {
            Send(Answers.Name(query.Octets), query.Sender);
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>What a <see cref="HeldServer"/> was sent.</summary>
internal sealed record ReceivedQuery(byte[] Octets, IPEndPoint Sender)
{
    public int Port => Sender.Port;
}
