using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// One socket, connected to one server, on a port that the kernel chose at random. It serves a bounded number of queries, no two of the
/// same question, and is closed after the last of them.
/// </summary>
/// <param name="peer">Whose port it is.</param>
/// <param name="socket">A connected socket that does not block; the port's own from now on.</param>
/// <param name="capacity">The most queries that it serves.</param>
internal sealed class UdpPort(UdpPeer peer, Socket socket, int capacity)
{
    private readonly Lock _gate = new();
    private readonly UdpQueries _queries = new(capacity);
    private bool _isRetired;
    private bool _isClosed;

    public Socket Socket => socket;

    /// <summary>The receiver's own number for the port.</summary>
    public int Index { get; set; }

    /// <summary>Takes a query in, unless the port has served enough or knows the question already.</summary>
    public UdpPortAnswer TryAdd(UdpOperation operation, int limit)
    {
        lock (_gate)
        {
            return _isRetired ? UdpPortAnswer.Spent : _queries.TryAdd(this, operation, limit);
        }
    }

    /// <summary>Sends what was taken in.</summary>
    public void Send(UdpOperation operation)
    {
        try
        {
            socket.Send(operation.Query.Message.Span, SocketFlags.None, out var error);

            // A full buffer loses the query as the network might; the clock sees to it.
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                Fail(error);
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile, and with that the query was ended.
        }
    }

    /// <summary>Reads one packet, if there is one.</summary>
    /// <returns>Whether more may be there that somebody waits for.</returns>
    public bool Receive(Span<byte> buffer)
    {
        try
        {
            var length = socket.Receive(buffer, SocketFlags.None, out var error);
            switch (error)
            {
                case SocketError.Success:
                    return Take(buffer[..length]);

                case SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted:
                    return false;

                default:
                    Fail(error);
                    return false;
            }
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Takes a packet to the query that it belongs to.</summary>
    /// <returns>Whether queries still wait.</returns>
    public bool Take(Span<byte> packet)
    {
        UdpOperation? ended;
        DnsExchange? exchange;
        bool isWaiting;
        List<UdpOperation>? mismatched = null;
        lock (_gate)
        {
            ended = _queries.Judge(packet, out exchange);
            if (ended is null)
            {
                mismatched = _queries.RemoveAll(operation => operation.Ignored(_queries.Foreign) > UdpDnsTransport.MaxIgnoredPackets);

                // Who guesses at this port may guess on: nobody gets it any more.
                _isRetired |= _queries.Foreign > UdpDnsTransport.MaxIgnoredPackets;
            }

            isWaiting = _queries.Waiting > 0;
        }

        if (ended is not null)
        {
            ended.Complete(exchange!);
            Leave(1);
        }
        else
        {
            End(mismatched, operation => operation.End(DnsExchangeOutcome.Mismatched, _queries.Foreign));
        }

        return isWaiting;
    }

    /// <summary>Takes a query out, so that only the one who did ends it.</summary>
    public bool TryRemove(UdpOperation operation)
    {
        lock (_gate)
        {
            if (!_queries.TryRemove(operation))
            {
                return false;
            }
        }

        Leave(1);
        return true;
    }

    /// <summary>Ends the queries whose time is up.</summary>
    /// <returns>When the next one's is, as a timestamp.</returns>
    public long EndDue(long now)
    {
        List<UdpOperation>? due;
        long next;
        lock (_gate)
        {
            due = _queries.RemoveAll(operation => operation.Deadline <= now);
            next = _queries.FindDeadline();

            // A server that does not answer may answer late, on a port that somebody else would hear it on.
            _isRetired |= due is not null;
        }

        End(due, operation => operation.EndByTime(_queries.Foreign));
        return next;
    }

    /// <summary>Ends all queries: the network says that the server cannot be reached.</summary>
    public void Fail(SocketError error)
    {
        List<UdpOperation>? all;
        lock (_gate)
        {
            _isRetired = true;
            all = _queries.RemoveAll(_ => true);
        }

        var detail = SocketErrorCodes.For(error);
        End(all, operation => operation.End(DnsExchangeOutcome.Unreachable, _queries.Foreign, detail: detail));
    }

    /// <summary>Takes no query any more, and closes once none waits.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
        }

        CloseIfDone();
    }

    private void End(List<UdpOperation>? operations, Func<UdpOperation, DnsExchange> exchange)
    {
        foreach (var operation in operations ?? [])
        {
            operation.Complete(exchange(operation));
        }

        Leave(operations?.Count ?? 0);
    }

    private void Leave(int count)
    {
        if (count > 0)
        {
            peer.Leave(count);
        }

        CloseIfDone();
    }

    private void CloseIfDone()
    {
        lock (_gate)
        {
            if (_isClosed || !_isRetired || _queries.Waiting > 0)
            {
                return;
            }

            _isClosed = true;
        }

        peer.Closed(this);
        socket.Dispose();
    }
}
