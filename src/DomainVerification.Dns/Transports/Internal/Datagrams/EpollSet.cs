using System.Net.Sockets;
using System.Numerics;

namespace DomainVerification.Dns;

/// <summary>The ports that one thread waits for, each under a number. Ports come and go from any thread.</summary>
internal sealed class EpollSet : IDisposable
{
    private const int EventsAtOnce = 64;

    // So many packets of one port in a row, before others have their turn.
    private const int PacketsAtOnce = 16;
    private const int CallsInARow = 2;

    private const int BellNumber = -1;

    private readonly Lock _gate = new();
    private readonly Stack<int> _freeNumbers = new();
    private readonly byte[] _events = new byte[EventsAtOnce * Epoll.EventLength];
    private readonly PacketBatch _packets;
    private readonly int _set = Epoll.Create();
    private UdpPort?[] _ports = new UdpPort?[16];
    private int _numbers;
    private int _count;
    private int _come;
    private EventHandle? _bell;

    public EpollSet()
        : this(CreateBatch())
    {
    }

    /// <param name="packets">Where packets are received, for as long as the set is not disposed.</param>
    public EpollSet(PacketBatch packets) => (_packets, Released) = (packets, new ReleasedSockets(this));

    /// <summary>Sockets that stay in the set for the next ports.</summary>
    public ReleasedSockets Released { get; }

    /// <summary>Whether no port is there.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public static PacketBatch CreateBatch() => new(PacketsAtOnce, UdpReceiver.BufferLength);

    /// <exception cref="SocketException">The system has no room for it; it is not there then.</exception>
    public void Add(UdpPort port)
    {
        var socket = (LinuxUdpSocket)port.Socket;
        lock (_gate)
        {
            var number = NumberOf(socket) ?? GivePlace(socket);
            if (!port.Polls)
            {
                Register(socket, number);
            }

            _ports[number] = port;
            _count++;
        }

        if (port.IsClosed)
        {
            // Whoever closed it may have looked for it here too early.
            Remove(port, keepsNumber: false);
        }
    }

    /// <summary>Waits from now on for what comes to a port that polled, unless it has closed.</summary>
    /// <exception cref="SocketException">The system has no room for it.</exception>
    public void Await(UdpPort port)
    {
        var socket = (LinuxUdpSocket)port.Socket;
        lock (_gate)
        {
            if (NumberOf(socket) is { } number && _ports[number] == port)
            {
                Register(socket, number);
            }
        }
    }

    /// <summary>Lets an event end the waiting too, once each time that it is set.</summary>
    public void Add(EventHandle bell)
    {
        _bell = bell;
        Epoll.Add(_set, bell, BellNumber);
    }

    /// <param name="port">The port.</param>
    /// <param name="keepsNumber">Whether its socket stays open, and will be that of another port.</param>
    public void Remove(UdpPort port, bool keepsNumber)
    {
        var socket = (LinuxUdpSocket)port.Socket;
        lock (_gate)
        {
            if (NumberOf(socket) is not { } number || _ports[number] != port)
            {
                return;
            }

            _ports[number] = null;
            _count--;
            if (!keepsNumber)
            {
                Free(socket);
            }
            else if (port.Polls && socket.IsRegistered)
            {
                // The next port that polls is not to wake anybody either.
                Epoll.Remove(_set, socket.Handle);
                socket.IsRegistered = false;
            }
        }
    }

    /// <summary>Takes its number from a socket that has no port any more and is about to close.</summary>
    public void Forget(LinuxUdpSocket socket)
    {
        lock (_gate)
        {
            Free(socket);
        }
    }

    /// <summary>Waits until something has come, and takes it to its ports. For one thread only.</summary>
    /// <param name="patience">In milliseconds; negative to wait for ever.</param>
    /// <returns>False where nothing came in that time.</returns>
    public bool Receive(int patience)
    {
        var hasCome = Wait(patience);
        Take();
        return hasCome;
    }

    /// <summary>Waits until something has come. For one thread at a time, which then has to <see cref="Take"/> it.</summary>
    /// <param name="patience">In milliseconds; negative to wait for ever.</param>
    /// <returns>False where nothing came in that time.</returns>
    public bool Wait(int patience)
    {
        _come = Epoll.Wait(_set, _events, patience);
        return _come != 0;
    }

    /// <summary>Takes what has come to its ports.</summary>
    public void Take()
    {
        for (var i = 0; i < _come; i++)
        {
            var number = Epoll.NumberOf(_events, i);
            if (number == BellNumber)
            {
                _bell!.Clear();
                continue;
            }

            // A port may have gone meanwhile and another have its number: then there is nothing to read yet, or it is not ours to read.
            if (Volatile.Read(ref _ports)[number] is not { } port)
            {
                Released.Drop(number);
            }
            else if (((LinuxUdpSocket)port.Socket).IsRegistered)
            {
                Receive(port);
            }
        }
    }

    public void Dispose()
    {
        Released.Dispose();
        Epoll.Close(_set);
    }

    // A socket may have been kept in a set whose thread has ended before the socket had its next port.
    private int? NumberOf(LinuxUdpSocket socket) => socket.Place is { } place && place.Set == this ? place.Number : null;

    private int GivePlace(LinuxUdpSocket socket)
    {
        if (!_freeNumbers.TryPop(out var number))
        {
            number = _numbers++;
            Array.Resize(ref _ports, Math.Max(_ports.Length, (int)BitOperations.RoundUpToPowerOf2((uint)_numbers)));
        }

        (socket.Place, socket.IsRegistered) = ((this, number), false);
        return number;
    }

    private void Register(LinuxUdpSocket socket, int number)
    {
        if (socket.IsRegistered)
        {
            return;
        }

        // Before it is so: where something has come already, the thread that reads is woken at once, and this one may have to wait.
        socket.IsRegistered = true;
        try
        {
            Epoll.Add(_set, socket.Handle, number);
        }
        catch
        {
            socket.IsRegistered = false;
            if (_ports[number] is null)
            {
                Free(socket);
            }

            throw;
        }
    }

    private void Free(LinuxUdpSocket socket)
    {
        if (NumberOf(socket) is { } number)
        {
            socket.Place = null;
            _freeNumbers.Push(number);
        }
    }

    private void Receive(UdpPort port)
    {
        try
        {
            for (var calls = 0; calls < CallsInARow && port.Receive(_packets); calls++)
            {
            }
        }
        catch (Exception)
        {
            // A fault of ours with one packet must end the queries of its port, and not the process.
            port.Fail(SocketError.SocketError);
        }
    }
}
