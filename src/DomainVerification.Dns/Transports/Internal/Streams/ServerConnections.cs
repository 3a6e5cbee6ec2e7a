namespace DomainVerification.Dns;

/// <summary>The connections to one server, and the turns of those who ask it. All but the turns is guarded by the owner.</summary>
internal sealed class ServerConnections(StreamLimits limits) : IDisposable
{
    private readonly List<StreamConnection> _connections = [];

    /// <summary>So many may ask at once; the others wait, first come, first served.</summary>
    public SemaphoreSlim Turns { get; } = new(limits.ConnectionsPerServer * limits.QueriesInFlight);

    /// <summary>How many have come to ask and not gone.</summary>
    public int Askers { get; set; }

    public bool IsUnused => Askers == 0 && _connections.Count == 0;

    public IReadOnlyList<StreamConnection> All => _connections;

    /// <summary>Gives a query to a connection of a later number than <paramref name="after"/>; null where none can take it.</summary>
    public StreamConnection? Place(StreamQuery query, long after) =>
        _connections.Find(connection => connection.Number > after && connection.TryAdd(query));

    /// <summary>Adds a connection. Past the bound it takes the place of the oldest, which is closed.</summary>
    public void Add(StreamConnection connection)
    {
        if (_connections.Count >= 2 * limits.ConnectionsPerServer)
        {
            _connections[0].Close(StreamFault.ClosedHere);
            _connections.RemoveAt(0);
        }

        _connections.Add(connection);
    }

    public void Remove(StreamConnection connection) => _connections.Remove(connection);

    public void Dispose() => Turns.Dispose();
}
