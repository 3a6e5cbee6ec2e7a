using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace DomainVerification.Dns;

/// <summary>
/// Packets that one call takes to the kernel or from it. Its memory does not move, since the kernel is given its addresses.
/// </summary>
internal sealed class PacketBatch
{
    private readonly byte[] _octets;
    private readonly Vector[] _vectors;
    private readonly Message[] _messages;
    private readonly int _packetLength;

    /// <param name="capacity">How many packets.</param>
    /// <param name="packetLength">The most octets of one.</param>
    public PacketBatch(int capacity, int packetLength)
    {
        _packetLength = packetLength;
        _octets = GC.AllocateUninitializedArray<byte>(capacity * packetLength, pinned: true);
        _vectors = GC.AllocateArray<Vector>(capacity, pinned: true);
        _messages = GC.AllocateArray<Message>(capacity, pinned: true);
        for (var i = 0; i < capacity; i++)
        {
            _vectors[i].Start = Marshal.UnsafeAddrOfPinnedArrayElement(_octets, i * packetLength);
            _vectors[i].Length = packetLength;
            _messages[i].Header.Vectors = Marshal.UnsafeAddrOfPinnedArrayElement(_vectors, i);
            _messages[i].Header.VectorCount = 1;
        }
    }

    /// <summary>How many packets there is room for.</summary>
    public int Capacity => _messages.Length;

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom => Count < Capacity;

    /// <summary>How many packets are there.</summary>
    public int Count { get; private set; }

    /// <summary>A packet that was received.</summary>
    public Span<byte> this[int index] => _octets.AsSpan(index * _packetLength, (int)Math.Min(_messages[index].Length, (uint)_packetLength));

    /// <summary>Adds a packet to send; false where it is too long, or no room is left.</summary>
    public bool TryAdd(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > _packetLength || Count == Capacity)
        {
            return false;
        }

        packet.CopyTo(_octets.AsSpan(Count * _packetLength));
        _vectors[Count].Length = packet.Length;
        Count++;
        return true;
    }

    public void Clear() => Count = 0;

    /// <summary>Sends all. A full buffer loses the rest as the network might, which is no error.</summary>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public SocketError Send(LinuxSocketHandle socket)
    {
        for (var sent = 0; sent < Count;)
        {
            var more = LinuxSockets.SendMany(socket, ref _messages[sent], Count - sent, out var error);
            if (error is not (SocketError.Success or SocketError.Interrupted))
            {
                return error == SocketError.WouldBlock ? SocketError.Success : error;
            }

            sent += more;
        }

        return SocketError.Success;
    }

    /// <summary>Takes as many packets as have come and find room.</summary>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public SocketError Receive(LinuxSocketHandle socket)
    {
        Count = LinuxSockets.ReceiveMany(socket, ref _messages[0], Capacity, out var error);
        return error;
    }

    /// <summary><c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Message
    {
        public Header Header;

        /// <summary>The octets that were received.</summary>
        public uint Length;
    }

    /// <summary><c>struct msghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        public nint Name;
        public uint NameLength;
        public nint Vectors;
        public nint VectorCount;
        public nint Control;
        public nint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public nint Start;
        public nint Length;
    }
}
