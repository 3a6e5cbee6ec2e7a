using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// One socket, connected to one server, on a port that the kernel chose at random. It serves a bounded number of queries, no two of the
/// same question, and is closed after the last of them.
/// </summary>
/// <param name="peer">Whose port it is.</param>
/// <param name="socket">The socket; the port's own from now on.</param>
/// <param name="capacity">The most queries that it serves.</param>
internal sealed class UdpPort(UdpPeer peer, UdpSocket socket, int capacity)
{
    private const int MaxLooks = 8;

    private readonly Lock _gate = new();
    private UdpQueries _queries = UdpQueries.Rent(isForMany: capacity > 1);
    private volatile int _poller;
    private bool _isRetired;
    private bool _isClosed;

    public UdpSocket Socket => socket;

    /// <summary>Whether <see cref="Poll"/> is called before its packets are waited for.</summary>
    public bool Polls { get; init; }

    /// <summary>Whether this thread is in <see cref="Poll"/>.</summary>
    public bool IsPolledHere => _poller == Environment.CurrentManagedThreadId;

    /// <summary>Whether any thread is.</summary>
    public bool IsPolled => _poller != 0;

    /// <summary>The queries that wait to be sent, and their places, where they wait in a <see cref="UdpOutbox"/>.</summary>
    public List<(UdpOperation Operation, int Slot)>? Outgoing { get; set; }

    /// <summary>Whether it may serve more than one query.</summary>
    public bool IsShared => capacity > 1;

    /// <summary>Whether its socket is closed, or is about to be, or is another port's.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Takes a query in, unless the port has served enough or knows the question already.</summary>
    public UdpPortAnswer TryAdd(UdpOperation operation, int limit)
    {
        lock (_gate)
        {
            return _isRetired ? UdpPortAnswer.Spent : _queries.TryAdd(this, operation, Math.Min(limit, capacity));
        }
    }

    /// <summary>Sends what was taken in.</summary>
    public void Send(UdpOperation operation)
    {
        var error = IsShared ? socket.Send(operation.Query.Message.Span) : SendUnlessClosed(operation);
        if (error != SocketError.Success)
        {
            Fail(error);
        }
    }

    /// <summary>Sends what was taken in, many at a time. For a port whose socket may be kept for another one.</summary>
    public void Send(PacketBatch packets)
    {
        SocketError error;
        lock (_gate)
        {
            error = _isClosed ? SocketError.Success : ((LinuxUdpSocket)socket).Send(packets);
        }

        if (error != SocketError.Success)
        {
            Fail(error);
        }
    }

    /// <summary>Sends a query, if it still waits at the place where it was taken in.</summary>
    public void Send(UdpOperation operation, int slot)
    {
        // In the port's turn, for the reason that Gather has.
        SocketError error;
        lock (_gate)
        {
            error = _queries.IsWaiting(operation, slot) ? socket.Send(operation.Query.Message.Span) : SocketError.Success;
        }

        if (error != SocketError.Success)
        {
            Fail(error);
        }
    }

    /// <summary>Puts queries together for one sending: those that still wait at the place where they were taken in.</summary>
    /// <param name="queries">The queries and their places.</param>
    /// <param name="next">The next of them; goes on as far as the packets have room.</param>
    /// <param name="packets">Where to put them.</param>
    /// <returns>One that is too long to be sent together with others.</returns>
    public UdpOperation? Gather(List<(UdpOperation Operation, int Slot)> queries, ref int next, PacketBatch packets)
    {
        // In the port's turn, so that no query ends before its octets are taken, and its object serves another one.
        lock (_gate)
        {
            for (; next < queries.Count && packets.HasRoom; next++)
            {
                var (operation, slot) = queries[next];
                if (_queries.IsWaiting(operation, slot) && !packets.TryAdd(operation.Query.Message.Span))
                {
                    next++;
                    return operation;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// Looks for the answer a few times, which takes no longer than to wake other threads; not while others have theirs and want to go on.
    /// </summary>
    /// <param name="others">The queries that have ended.</param>
    /// <returns>Whether nobody waits any more.</returns>
    [SkipLocalsInit]
    public bool Poll(IUdpCompletions others)
    {
        Span<byte> packet = stackalloc byte[UdpReceiver.BufferLength];
        _poller = Environment.CurrentManagedThreadId;
        try
        {
            for (var looks = 0; looks < MaxLooks && others.IsIdle; looks++)
            {
                var length = socket.Receive(packet, out var error);
                if (error == SocketError.Success)
                {
                    if (!Take(packet[..length]))
                    {
                        return true;
                    }
                }
                else if (error is SocketError.WouldBlock or SocketError.Interrupted)
                {
                    // The server may be waiting for this very processor.
                    Thread.Yield();
                }
                else
                {
                    Fail(error);
                    return true;
                }
            }

            return false;
        }
        catch (Exception)
        {
            // A fault of ours with one packet ends the query, as where the port's packets are waited for.
            Fail(SocketError.SocketError);
            return true;
        }
        finally
        {
            _poller = 0;
        }
    }

    /// <summary>Takes packets that have come to the queries that they belong to.</summary>
    /// <param name="packets">Where to put them.</param>
    /// <returns>Whether more may be there that somebody waits for.</returns>
    public bool Receive(PacketBatch packets)
    {
        var error = ((LinuxUdpSocket)socket).Receive(packets);
        switch (error)
        {
            case SocketError.Success:
                // All of them, also once nobody waits: who guesses at the port is known by how many are foreign.
                var isWaiting = false;
                for (var i = 0; i < packets.Count; i++)
                {
                    isWaiting = Take(packets[i]);
                }

                return isWaiting && packets.Count == packets.Capacity;

            case SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted:
                return false;

            default:
                Fail(error);
                return false;
        }
    }

    /// <summary>Takes a packet to the query that it belongs to.</summary>
    /// <returns>Whether queries still wait.</returns>
    public bool Take(Span<byte> packet)
    {
        UdpOperation? ended;
        DnsReply reply;
        bool isWaiting;
        bool closes;
        List<UdpOperation>? mismatched = null;
        int foreign;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            ended = _queries.Judge(packet, out reply);
            if (ended is null)
            {
                mismatched = _queries.RemoveAll(operation => operation.Ignored(_queries.Foreign) > UdpDnsTransport.MaxIgnoredPackets);

                // Who guesses at this port may guess on: nobody gets it any more.
                _isRetired |= _queries.Foreign > UdpDnsTransport.MaxIgnoredPackets;
            }

            isWaiting = _queries.Waiting > 0;
            foreign = _queries.Foreign;
            closes = IsDone();
        }

        if (ended is not null)
        {
            ended.Complete(reply, isHere: IsPolledHere);
            peer.Leave(1);
        }
        else
        {
            EndAsMismatched(mismatched, foreign);
        }

        CloseIf(closes);
        return isWaiting;
    }

    /// <summary>Takes a query out, so that only the one who did ends it.</summary>
    public bool TryRemove(UdpOperation operation)
    {
        bool closes;
        lock (_gate)
        {
            if (!_queries.TryRemove(operation))
            {
                return false;
            }

            closes = IsDone();
        }

        peer.Leave(1);
        CloseIf(closes);
        return true;
    }

    /// <summary>Ends the queries whose time is up.</summary>
    /// <returns>When the next one's is, as a timestamp.</returns>
    public long EndDue(long now)
    {
        List<UdpOperation>? due;
        long next;
        int foreign;
        bool closes;
        lock (_gate)
        {
            due = _queries.RemoveAll(operation => operation.Deadline <= now);
            next = _queries.FindDeadline();

            // A server that does not answer may answer late, on a port that somebody else would hear it on.
            _isRetired |= due is not null;
            foreign = _queries.Foreign;
            closes = IsDone();
        }

        End(due, operation => operation.EndByTime(foreign));
        CloseIf(closes);
        return next;
    }

    /// <summary>Ends all queries: the network says that the server cannot be reached.</summary>
    public void Fail(SocketError error)
    {
        List<UdpOperation>? all;
        int foreign;
        bool closes;
        lock (_gate)
        {
            _isRetired = true;
            all = _queries.RemoveAll(_ => true);
            foreign = _queries.Foreign;
            closes = IsDone();
        }

        var detail = SocketErrorCodes.For(error);
        End(all, operation => operation.End(DnsExchangeOutcome.Unreachable, foreign, detail: detail));
        CloseIf(closes);
    }

    /// <summary>Takes no query any more, and closes once none waits.</summary>
    public void Retire()
    {
        bool closes;
        lock (_gate)
        {
            _isRetired = true;
            closes = IsDone();
        }

        CloseIf(closes);
    }

    // A socket that served one query may be another port's by now.
    private SocketError SendUnlessClosed(UdpOperation operation)
    {
        lock (_gate)
        {
            return _isClosed ? SocketError.Success : socket.Send(operation.Query.Message.Span);
        }
    }

    // By itself, so that a packet that is an answer makes no object.
    private void EndAsMismatched(List<UdpOperation>? operations, int foreign) =>
        End(operations, operation => operation.End(DnsExchangeOutcome.Mismatched, foreign));

    private void End(List<UdpOperation>? operations, Func<UdpOperation, DnsExchange> exchange)
    {
        if (operations is null)
        {
            return;
        }

        foreach (var operation in operations)
        {
            operation.Complete(new DnsReply(exchange(operation)));
        }

        peer.Leave(operations.Count);
    }

    /// <summary>Whether the port is to close now, which is so once. In the port's turn only.</summary>
    private bool IsDone()
    {
        var isDone = _isRetired && !_isClosed && _queries.Waiting == 0;
        if (isDone)
        {
            // Another port may have them from now on: all that asks for them here does so in the port's turn.
            UdpQueries.Return(_queries);
            (_isClosed, _queries) = (true, UdpQueries.None);
        }

        return isDone;
    }

    private void CloseIf(bool closes)
    {
        if (closes)
        {
            peer.Close(this);
        }
    }
}
