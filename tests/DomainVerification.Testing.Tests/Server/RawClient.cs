using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Server;

/// <summary>Sends octets to a server and takes what comes back, checking nothing: what a resolver would refuse is seen here.</summary>
internal static class RawClient
{
    public static DnsMessage Query(string name, DnsRecordType type = DnsRecordType.TXT, ushort? payload = null, bool recursive = true) =>
        DnsMessage.CreateQuery(
            0x1234,
            new DnsQuestion(DnsName.Parse(name), type),
            payload is { } size ? new DnsEdns { UdpPayloadSize = size } : null,
            recursive ? DnsHeaderFlags.RecursionDesired : DnsHeaderFlags.None);

    public static DnsMessage Read(byte[] octets) =>
        DnsMessageReader.TryRead(octets, out var message, out var error) ? message : throw new FormatException(error.ToString());

    public static async Task<DnsMessage> AskUdpAsync(this LoopbackDnsServer server, DnsMessage query)
    {
        using var client = new UdpConversation(server.Endpoint);
        await client.SendAsync(query);
        return Read(await client.ReceiveAsync());
    }

    public static async Task<DnsMessage> AskTcpAsync(this LoopbackDnsServer server, DnsMessage query)
    {
        using var client = new TcpConversation(server.Endpoint.AddressFamily);
        await client.ConnectAsync(server.Endpoint);
        await client.SendAsync(query);
        return Read(await client.ReceiveAsync() ?? throw new IOException("The server closed the connection."));
    }
}

/// <summary>A UDP socket that takes datagrams from anybody.</summary>
internal sealed class UdpConversation : IDisposable
{
    private readonly Socket _socket;
    private readonly IPEndPoint _server;

    public UdpConversation(IPEndPoint server)
    {
        _server = server;
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(server.Address, 0));
    }

    public IPEndPoint? LastSender { get; private set; }

    public Task SendAsync(DnsMessage query) => SendAsync(DnsMessageWriter.Write(query));

    public async Task SendAsync(byte[] octets) => await _socket.SendToAsync(octets, SocketFlags.None, _server, Deadline.Token);

    public async Task<byte[]> ReceiveAsync()
    {
        var buffer = new byte[ushort.MaxValue];
        var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _server, Deadline.Token);
        LastSender = (IPEndPoint)received.RemoteEndPoint;
        return buffer[..received.ReceivedBytes];
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>A TCP connection that frames messages.</summary>
internal sealed class TcpConversation(AddressFamily family = AddressFamily.InterNetwork) : IDisposable
{
    private readonly Socket _socket = new(family, SocketType.Stream, ProtocolType.Tcp);

    public async Task ConnectAsync(IPEndPoint server) => await _socket.ConnectAsync(server, Deadline.Token);

    public async Task SendAsync(DnsMessage query)
    {
        var octets = DnsMessageWriter.Write(query);
        var framed = new byte[octets.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)octets.Length);
        octets.CopyTo(framed, 2);
        await _socket.SendAsync(framed, SocketFlags.None, Deadline.Token);
    }

    /// <summary>The next message; null where the server closed the connection between two.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        var length = new byte[2];
        if (await ReceiveAsync(length) == 0)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        return await ReceiveAsync(message) == message.Length ? message : throw new EndOfStreamException();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(byte[] buffer)
    {
        var have = 0;
        while (have < buffer.Length)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(have), SocketFlags.None, Deadline.Token);
            if (received == 0)
            {
                return have;
            }

            have += received;
        }

        return have;
    }
}
