namespace DomainVerification.Dns;

/// <summary>Queries of a lane that wait to be sent, those of one socket by one call. For the lane's own thread only.</summary>
internal sealed class LaneOutbox
{
    private const int PacketsAtOnce = 32;

    // As good as all queries are shorter; a longer one goes by itself.
    private const int PacketLength = 512;

    private readonly PacketBatch _packets = new(PacketsAtOnce, PacketLength);
    private readonly Dictionary<UdpPort, List<(UdpOperation Operation, int Slot)>> _queries = [];
    private readonly Stack<List<(UdpOperation Operation, int Slot)>> _idle = new();

    public void Add(UdpPort port, UdpOperation operation)
    {
        if (!_queries.TryGetValue(port, out var queries))
        {
            queries = _idle.TryPop(out var idle) ? idle : [];
            _queries.Add(port, queries);
        }

        queries.Add((operation, operation.Slot));
    }

    /// <summary>Sends all, but for those that have ended meanwhile.</summary>
    public void Send()
    {
        foreach (var (port, queries) in _queries)
        {
            foreach (var (operation, slot) in queries)
            {
                if (port.IsWaiting(operation, slot))
                {
                    Send(port, operation, slot);
                }
            }

            Flush(port);
            queries.Clear();
            _idle.Push(queries);
        }

        _queries.Clear();
    }

    private void Send(UdpPort port, UdpOperation operation, int slot)
    {
        var message = operation.Query.Message.Span;
        if (_packets.TryAdd(message))
        {
            return;
        }

        Flush(port);

        // What was sent before may have failed, and ended all of the port.
        if (port.IsWaiting(operation, slot) && !_packets.TryAdd(message))
        {
            port.Send(operation);
        }
    }

    private void Flush(UdpPort port)
    {
        if (_packets.Count > 0)
        {
            port.Send(_packets);
            _packets.Clear();
        }
    }
}
