using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// The queries that one port has served and those that wait there. Not safe to use from several threads: the port sees to that.
/// </summary>
/// <param name="capacity">The most queries, answered ones included.</param>
internal sealed class UdpQueries(int capacity)
{
    private readonly ushort[] _ids = new ushort[capacity];
    private readonly int[] _questions = new int[capacity];
    private readonly UdpOperation?[] _operations = new UdpOperation?[capacity];
    private int _used;

    /// <summary>How many wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>The packets that were no response to any query here.</summary>
    public int Foreign { get; private set; }

    /// <param name="port">The port.</param>
    /// <param name="operation">The query.</param>
    /// <param name="limit">How many the port may serve now.</param>
    public UdpPortAnswer TryAdd(UdpPort port, UdpOperation operation, int limit)
    {
        if (_used >= Math.Min(limit, capacity))
        {
            return UdpPortAnswer.Spent;
        }

        if (_questions.AsSpan(0, _used).Contains(operation.QuestionHash))
        {
            return UdpPortAnswer.KnowsQuestion;
        }

        _ids[_used] = operation.Query.Id;
        _questions[_used] = operation.QuestionHash;
        _operations[_used] = operation;
        operation.Attach(port, _used, Foreign);
        _used++;
        Waiting++;
        return UdpPortAnswer.Taken;
    }

    /// <summary>Whether a query still waits at its place. No place is given twice.</summary>
    public bool IsWaiting(UdpOperation operation, int slot) => _operations[slot] == operation;

    /// <summary>False where somebody else took the query out before.</summary>
    public bool TryRemove(UdpOperation operation)
    {
        if (_operations[operation.Slot] != operation)
        {
            return false;
        }

        _operations[operation.Slot] = null;
        Waiting--;
        return true;
    }

    /// <summary>Takes out all that match; null where none does.</summary>
    public List<UdpOperation>? RemoveAll(Predicate<UdpOperation> match)
    {
        List<UdpOperation>? removed = null;
        for (var slot = 0; slot < _used; slot++)
        {
            if (_operations[slot] is { } operation && match(operation))
            {
                TryRemove(operation);
                (removed ??= []).Add(operation);
            }
        }

        return removed;
    }

    /// <summary>When the time of the next query is up, as a timestamp; the largest number where none waits.</summary>
    public long FindDeadline()
    {
        var earliest = long.MaxValue;
        for (var slot = 0; slot < _used; slot++)
        {
            if (_operations[slot] is { } operation && operation.Deadline < earliest)
            {
                earliest = operation.Deadline;
            }
        }

        return earliest;
    }

    /// <summary>
    /// Finds the query that a packet ends, and takes it out. Null where the packet ends none: it is counted at the query whose response it
    /// is but cannot be read, or at all that wait here.
    /// </summary>
    public UdpOperation? Judge(Span<byte> packet, out DnsReply reply)
    {
        reply = default;
        var id = packet.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(packet);
        for (var slot = Find(id, 0); slot >= 0; slot = Find(id, slot + 1))
        {
            if (_operations[slot] is not { } operation)
            {
                continue;
            }

            switch (operation.Judge(packet, Foreign, out reply))
            {
                case PacketVerdict.Foreign:
                    break;

                case PacketVerdict.Malformed:
                    return null;

                default:
                    TryRemove(operation);
                    return operation;
            }
        }

        if (!IsLate(packet, id))
        {
            Foreign++;
        }

        return null;
    }

    private int Find(int id, int from)
    {
        var found = id < 0 ? -1 : _ids.AsSpan(from, _used - from).IndexOf((ushort)id);
        return found < 0 ? -1 : from + found;
    }

    // The answer to a query that was answered before, timed out or was given up comes from no forger: it knows id and question.
    private bool IsLate(ReadOnlySpan<byte> packet, int id)
    {
        for (var slot = Find(id, 0); slot >= 0; slot = Find(id, slot + 1))
        {
            if (_operations[slot] is null && OutgoingQuery.ReadQuestion(packet)?.GetHashCode() == _questions[slot])
            {
                return true;
            }
        }

        return false;
    }
}
