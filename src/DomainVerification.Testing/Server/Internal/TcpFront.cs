using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Testing;

/// <summary>The TCP side of a server: many connections, the queries of each answered in turn (RFC 7766).</summary>
internal sealed class TcpFront(Socket listener, QueryHandler handler, DnsFaults faults, ServerTasks tasks)
{
    private const int LengthOctets = 2;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (faults.TakeRefusal())
                {
                    connection.Close(timeout: 0);
                }
                else if (!tasks.TryStart(() => ServeAsync(connection, cancellationToken)))
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

    private async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        using (connection)
        {
            try
            {
                connection.NoDelay = true;
                var client = (IPEndPoint)connection.RemoteEndPoint!;
                while (await ReceiveMessageAsync(connection, cancellationToken).ConfigureAwait(false) is { } octets)
                {
                    var sends = await handler.HandleAsync(octets, LoopbackTransport.Tcp, client, cancellationToken).ConfigureAwait(false);
                    if (!await SendAllAsync(connection, sends, cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }
                }
            }
            catch (SocketException exception) when (ClientGone.Explains(exception))
            {
                // Nobody is left to answer.
            }
        }
    }

    /// <summary>Sends until something ends the connection; tells whether it goes on.</summary>
    private static async Task<bool> SendAllAsync(Socket connection, IEnumerable<ServerSend> sends, CancellationToken cancellationToken)
    {
        foreach (var send in sends)
        {
            if (send.Manner == SendManner.Close)
            {
                return false;
            }

            var framed = new byte[LengthOctets + send.Octets.Length];
            BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)send.Octets.Length);
            send.Octets.CopyTo(framed, LengthOctets);
            var length = send.Manner == SendManner.HalfThenClose ? framed.Length / 2 : framed.Length;
            await SendExactlyAsync(connection, framed.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            if (send.Manner == SendManner.HalfThenClose)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task SendExactlyAsync(Socket connection, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (octets.Length > 0)
        {
            octets = octets[await connection.SendAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    private static async Task<byte[]?> ReceiveMessageAsync(Socket connection, CancellationToken cancellationToken)
    {
        var length = await ReceiveExactlyAsync(connection, LengthOctets, cancellationToken).ConfigureAwait(false);
        return length is null
            ? null
            : await ReceiveExactlyAsync(connection, BinaryPrimitives.ReadUInt16BigEndian(length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>That many octets, or null where the client ends the connection before.</summary>
    private static async Task<byte[]?> ReceiveExactlyAsync(Socket connection, int count, CancellationToken cancellationToken)
    {
        var octets = new byte[count];
        for (var have = 0; have < count;)
        {
            var received = await connection.ReceiveAsync(octets.AsMemory(have), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            have += received;
        }

        return octets;
    }
}
