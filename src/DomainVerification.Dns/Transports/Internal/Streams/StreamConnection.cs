namespace DomainVerification.Dns;

/// <summary>
/// One connection to one server, with many queries under way at once, whose answers may come in any order (RFC 7766, sections 6.2.1 and 7).
/// It connects by itself, closes when it is of no more use, and tells its owner once it has ended.
/// </summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private readonly StreamPool _pool;
    private readonly Lock _gate = new();
    private readonly QueryTable _queries = new();
    private readonly FrameWriter _writer = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _idleTimer;
    private Task _cancelling = Task.CompletedTask;
    private StreamFault? _fault;
    private bool _takesQueries = true;
    private TimeSpan _idleTime;
    private long _silentSince;
    private int _unsolicited;

    /// <param name="pool">The owner.</param>
    /// <param name="server">The server.</param>
    /// <param name="number">Its number among the owner's connections, the later the higher.</param>
    public StreamConnection(StreamPool pool, DnsServerEndpoint server, long number)
    {
        _pool = pool;
        Server = server;
        Number = number;
        _idleTime = pool.Limits.IdleTime;
        _idleTimer = OwnTimer.Create(pool.TimeProvider, static connection => ((StreamConnection)connection!).TryCloseIdle(), this);
    }

    public DnsServerEndpoint Server { get; }

    public long Number { get; }

    /// <summary>Takes a query and sends it as soon as the connection is there; false where it has no room or will end.</summary>
    public bool TryAdd(StreamQuery query)
    {
        lock (_gate)
        {
            if (!_takesQueries || _queries.Live >= _pool.Limits.QueriesInFlight)
            {
                return false;
            }

            if (_queries.IsEmpty)
            {
                _silentSince = _pool.TimeProvider.GetTimestamp();
            }

            _queries.Add(query);
            _writer.Add(query.PrefixedMessage);
            _takesQueries = _queries.Total < _pool.Limits.QueriesPerConnection;
            _idleTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Notes that nobody waits for a query any more.</summary>
    /// <param name="query">The query.</param>
    /// <param name="isTimeout">
    /// Whether its time was up. A connection that has brought nothing for a while then gets no more queries: its server may be long gone.
    /// </param>
    public void Abandon(StreamQuery query, bool isTimeout)
    {
        lock (_gate)
        {
            if (!_queries.Abandon(query))
            {
                return;
            }

            var isSilent = isTimeout && _pool.TimeProvider.GetElapsedTime(_silentSince) >= _pool.Limits.SilenceTime;
            if (isSilent || _queries.Abandoned > _pool.Limits.AbandonedQueries)
            {
                _takesQueries = false;
            }

            Settle();
        }
    }

    /// <summary>Ends the connection where nobody waits on it; answers whether it did.</summary>
    public bool TryCloseIdle()
    {
        lock (_gate)
        {
            return _queries.Live == 0 && TryClose(StreamFault.ClosedHere);
        }
    }

    /// <summary>Ends the connection, and what waits on it with the fault.</summary>
    public void Close(StreamFault fault)
    {
        lock (_gate)
        {
            TryClose(fault);
        }
    }

    /// <summary>Connects, and carries queries and answers until the end. Never throws.</summary>
    public async Task RunAsync()
    {
        var isOpen = false;
        Exception? bug = null;
        try
        {
            using var slot = await _pool.TakeSlotAsync(_closing.Token).ConfigureAwait(false);
            var stream = await ConnectAsync().ConfigureAwait(false);
            isOpen = true;
            await using (stream.ConfigureAwait(false))
            {
                await CarryAsync(stream).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Whoever closed it said why.
        }
        catch (Exception exception)
        {
            var fault = StreamFault.Find(exception, isOpen);
            bug = fault is null ? exception : null;
            Close(fault ?? StreamFault.ClosedHere);
        }

        await EndAsync(bug).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Close(StreamFault.Disposed);
        await _ended.Task.ConfigureAwait(false);
    }

    private async ValueTask<Stream> ConnectAsync()
    {
        using CancellationTokenSource limit = new(_pool.Limits.ConnectTime, _pool.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            return await _pool.Connector.ConnectAsync(Server, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Close(StreamFault.ConnectTimedOut);
            throw;
        }
    }

    private async Task CarryAsync(Stream stream)
    {
        var reading = ReadAsync(stream);
        var writing = _writer.RunAsync(stream, _closing.Token);
        var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);

        // Both stop by the token before the stream is disposed under them.
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    private async Task ReadAsync(Stream stream)
    {
        using FrameReader reader = new(stream);
        while (await reader.ReadAsync(_closing.Token).ConfigureAwait(false) is { } message)
        {
            if (Take(message) is { } fault)
            {
                Close(fault);
                return;
            }
        }

        Close(StreamFault.ClosedByServer);
    }

    /// <summary>Gives a message to the query that it answers; answers the reason where the connection must end.</summary>
    private StreamFault? Take(Memory<byte> message)
    {
        if (message.Length < QueryTable.ShortestMessage)
        {
            return StreamFault.BadFraming;
        }

        StreamQuery? query;
        lock (_gate)
        {
            _silentSince = _pool.TimeProvider.GetTimestamp();
            query = _queries.Find(message.Span);
            if (query is null)
            {
                _queries.CountIgnored();
                return ++_unsolicited > UdpDnsTransport.MaxIgnoredPackets ? StreamFault.Unsolicited : null;
            }

            if (query.IsAbandoned)
            {
                _queries.Remove(query);
                return null;
            }
        }

        // Only this loop judges and ends queries, so reading a long answer need not hold up those who ask.
        var reply = query.Judge(message.Span);
        lock (_gate)
        {
            if (reply is null && ++query.Ignored <= UdpDnsTransport.MaxIgnoredPackets)
            {
                return null;
            }

            Heed(reply?.Response);
            _queries.Remove(query);
            Settle();
        }

        query.End(reply ?? StreamReply.Mismatched);
        return null;
    }

    /// <summary>
    /// Follows what the server says of idle connections (RFC 7828), within our own limit. It says so anew with each response: one that says
    /// nothing leaves the limit, and zero asks for no more queries.
    /// </summary>
    private void Heed(DnsMessage? response)
    {
        if (response is null)
        {
            return;
        }

        var limit = _pool.Limits.IdleTime;
        var timeout = KeepAlive.Read(response.Edns);

        // The server has begun to count before us, and who closes first spares the other a query in vain.
        var idleTime = timeout * 0.9 ?? limit;
        _idleTime = idleTime < limit ? idleTime : limit;
        _takesQueries &= timeout != TimeSpan.Zero;
    }

    private void Settle()
    {
        if (_queries.Live > 0)
        {
            return;
        }

        if (!_takesQueries || _pool.IsCrowded)
        {
            TryClose(StreamFault.ClosedHere);
        }
        else
        {
            _idleTimer.Change(_idleTime, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryClose(StreamFault fault)
    {
        _takesQueries = false;
        if (_fault is not null)
        {
            return false;
        }

        _fault = fault;
        _cancelling = _closing.CancelAsync();
        return true;
    }

    private async ValueTask EndAsync(Exception? bug)
    {
        IReadOnlyList<StreamQuery> left;
        StreamFault fault;
        lock (_gate)
        {
            TryClose(StreamFault.ClosedHere);
            fault = _fault!;
            left = _queries.TakeAll();
        }

        _pool.Remove(this);
        foreach (var query in left)
        {
            if (bug is null)
            {
                query.End(StreamReply.From(fault));
            }
            else
            {
                query.Fail(bug);
            }
        }

        await _cancelling.ConfigureAwait(false);
        await _idleTimer.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
        _ended.SetResult();
    }
}
