using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// Sockets without a port, in the set of one thread, for the next queries: to open and close a socket costs more than to ask a question,
/// and a socket that is connected again has a new random port all the same.
/// </summary>
/// <param name="set">The set in which they stay.</param>
internal sealed class ReleasedSockets(EpollSet set) : IDisposable
{
    private const int MaxKept = 32;

    private readonly Lock _gate = new();
    private readonly List<LinuxUdpSocket> _kept = [];
    private bool _isDisposed;

    /// <inheritdoc cref="UdpReceiver.Open"/>
    /// <param name="server">Whom it is connected to.</param>
    /// <param name="isShared">Whether many answers may come at once.</param>
    /// <param name="polls">Whether it is to wake nobody yet.</param>
    public LinuxUdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls = false)
    {
        if (Take(server.Address.AddressFamily, isShared, polls) is { } kept)
        {
            if (TryConnect(kept, server))
            {
                return kept;
            }

            Close(kept);
        }

        return new LinuxUdpSocket(server, isShared);
    }

    /// <summary>Takes the socket of a port that closes. Only for the thread that reads it, while nobody can send from it.</summary>
    /// <returns>False where it is to be closed.</returns>
    public bool TryKeep(UdpPort port)
    {
        var socket = (LinuxUdpSocket)port.Socket;
        if (!socket.TryRelease())
        {
            return false;
        }

        lock (_gate)
        {
            if (_isDisposed || _kept.Count == MaxKept)
            {
                return false;
            }

            set.Remove(port, keepsNumber: true);
            _kept.Add(socket);
            return true;
        }
    }

    /// <summary>
    /// Closes the socket of a number, to which something has come although it has no port: it was on its way when the port was given back,
    /// and would be reported again and again.
    /// </summary>
    public void Drop(int number)
    {
        LinuxUdpSocket socket;
        lock (_gate)
        {
            var at = _kept.FindIndex(kept => kept.Place?.Number == number);
            if (at < 0)
            {
                // It is about to have its next port.
                return;
            }

            socket = _kept[at];
            _kept.RemoveAt(at);
        }

        Close(socket);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _kept.ForEach(static socket => socket.Dispose());
            _kept.Clear();
        }
    }

    private static bool TryConnect(LinuxUdpSocket socket, DnsServerEndpoint server)
    {
        try
        {
            socket.Connect(server);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Close(LinuxUdpSocket socket)
    {
        set.Forget(socket);
        socket.Dispose();
    }

    private LinuxUdpSocket? Take(AddressFamily family, bool isShared, bool polls)
    {
        lock (_gate)
        {
            for (var i = _kept.Count - 1; i >= 0; i--)
            {
                var socket = _kept[i];
                if (socket.Family == family && socket.IsShared == isShared && !(polls && socket.IsRegistered))
                {
                    _kept.RemoveAt(i);
                    return socket;
                }
            }

            return null;
        }
    }
}
