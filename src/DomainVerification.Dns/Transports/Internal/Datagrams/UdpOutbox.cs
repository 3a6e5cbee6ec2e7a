namespace DomainVerification.Dns;

/// <summary>
/// Queries that wait to be sent, those of one socket by one call. Not safe to use from several threads, and no port may have queries in two
/// of them.
/// </summary>
internal sealed class UdpOutbox
{
    private const int PacketsAtOnce = 32;

    // As good as all queries are shorter; a longer one goes by itself.
    private const int PacketLength = 512;

    private readonly PacketBatch _packets = new(PacketsAtOnce, PacketLength);
    private readonly List<UdpPort> _ports = [];
    private readonly Stack<List<(UdpOperation Operation, int Slot)>> _idle = new();

    public void Add(UdpPort port, UdpOperation operation)
    {
        if (port.Outgoing is not { } queries)
        {
            port.Outgoing = queries = _idle.TryPop(out var idle) ? idle : [];
            _ports.Add(port);
        }

        queries.Add((operation, operation.Slot));
    }

    /// <summary>Sends all, but for those that have ended meanwhile.</summary>
    public void Send()
    {
        foreach (var port in _ports)
        {
            var queries = port.Outgoing!;
            for (var next = 0; next < queries.Count;)
            {
                var tooLong = port.Gather(queries, ref next, _packets);
                if (_packets.Count > 0)
                {
                    port.Send(_packets);
                    _packets.Clear();
                }

                // What was sent before may have failed, and ended all of the port.
                if (tooLong is not null)
                {
                    port.Send(tooLong, queries[next - 1].Slot);
                }
            }

            port.Outgoing = null;
            queries.Clear();
            _idle.Push(queries);
        }

        _ports.Clear();
    }
}
