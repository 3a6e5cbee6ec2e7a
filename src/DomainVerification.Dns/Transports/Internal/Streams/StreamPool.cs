namespace DomainVerification.Dns;

/// <summary>
/// The connections of one transport over streams: opened when queries need them, shared, bounded for each server and in total, and closed
/// when they have been idle for a while.
/// </summary>
internal sealed class StreamPool(DnsTransportKind kind, IStreamConnector connector, StreamLimits limits, TimeProvider timeProvider)
    : IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DnsServerEndpoint, ServerConnections> _servers = [];
    private readonly HashSet<StreamConnection> _running = [];
    private readonly ConnectionSlots _slots = new(limits.Connections);
    private long _lastNumber;
    private bool _isDisposed;

    public StreamLimits Limits => limits;

    public IStreamConnector Connector => connector;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Whether connections wait for others to end.</summary>
    public bool IsCrowded => _slots.IsCrowded;

    /// <summary>Sends a query and waits for its answer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The owner was disposed before.</exception>
    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using ExchangeTimer timer = new(timeout, timeProvider, cancellationToken);
        var connections = Enter(server);
        StreamAsker asker = new(this, connections, server, timer);
        try
        {
            await connections.Turns.WaitAsync(timer.Token).ConfigureAwait(false);
            try
            {
                return await asker.AskAsync(query, kind).ConfigureAwait(false);
            }
            finally
            {
                connections.Turns.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return timer.EndByToken() with { IgnoredPackets = asker.Ignored };
        }
        finally
        {
            Leave(server, connections);
        }
    }

    /// <summary>Gives a query to a connection, a new one if need be; null once the owner was disposed.</summary>
    /// <param name="server">The server.</param>
    /// <param name="connections">Its connections.</param>
    /// <param name="query">The query.</param>
    /// <param name="after">Only a connection of a later number will do.</param>
    public StreamConnection? Place(DnsServerEndpoint server, ServerConnections connections, StreamQuery query, long after)
    {
        StreamConnection connection;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return null;
            }

            if (connections.Place(query, after) is { } placed)
            {
                return placed;
            }

            connection = new StreamConnection(this, server, ++_lastNumber);
            connection.TryAdd(query);
            connections.Add(connection);
            _running.Add(connection);
        }

        _ = connection.RunAsync();
        return connection;
    }

    /// <summary>Waits until one more connection is allowed; what comes out must be disposed when that has ended.</summary>
    public ValueTask<IDisposable> TakeSlotAsync(CancellationToken cancellationToken) => _slots.TakeAsync(CloseOneIdle, cancellationToken);

    /// <summary>Forgets a connection that has ended.</summary>
    public void Remove(StreamConnection connection)
    {
        lock (_gate)
        {
            _running.Remove(connection);
            if (_servers.TryGetValue(connection.Server, out var connections))
            {
                connections.Remove(connection);
                ForgetIfUnused(connection.Server, connections);
            }
        }
    }

    /// <summary>Closes all connections without waiting for their ends, which give their slots back later.</summary>
    public void Dispose() => Close();

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in Close())
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _slots.Dispose();
    }

    private StreamConnection[] Close()
    {
        StreamConnection[] open;
        lock (_gate)
        {
            _isDisposed = true;
            open = [.. _running];
        }

        foreach (var connection in open)
        {
            connection.Close(StreamFault.Disposed);
        }

        return open;
    }

    private ServerConnections Enter(DnsServerEndpoint server)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IDnsTransport));
            if (!_servers.TryGetValue(server, out var connections))
            {
                connections = _servers[server] = new ServerConnections(limits);
            }

            connections.Askers++;
            return connections;
        }
    }

    private void Leave(DnsServerEndpoint server, ServerConnections connections)
    {
        lock (_gate)
        {
            connections.Askers--;
            ForgetIfUnused(server, connections);
        }
    }

    private void ForgetIfUnused(DnsServerEndpoint server, ServerConnections connections)
    {
        if (connections.IsUnused && _servers.Remove(server))
        {
            connections.Dispose();
        }
    }

    private void CloseOneIdle()
    {
        lock (_gate)
        {
            foreach (var connections in _servers.Values)
            {
                foreach (var connection in connections.All)
                {
                    if (connection.TryCloseIdle())
                    {
                        return;
                    }
                }
            }
        }
    }
}
