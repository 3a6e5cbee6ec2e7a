using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// The queries that one port has served and those that wait there. Not safe to use from several threads: the port sees to that.
/// </summary>
/// <param name="capacity">The most queries, answered ones included.</param>
internal sealed class UdpQueries(int capacity)
{
    private const int MaxIdle = 64;

    private static readonly IdleObjects<UdpQueries> IdleForOne = new(MaxIdle);
    private static readonly IdleObjects<UdpQueries> IdleForMany = new(MaxIdle);

    private readonly ushort[] _ids = new ushort[capacity];
    private readonly int[] _questions = new int[capacity];
    private readonly UdpOperation?[] _operations = new UdpOperation?[capacity];
    private int _used;

    /// <summary>What a port has that takes no queries any more.</summary>
    public static UdpQueries None { get; } = new(0);

    /// <summary>How many wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>The packets that were no response to any query here.</summary>
    public int Foreign { get; private set; }

    /// <summary>Gives a list without queries.</summary>
    /// <param name="isForMany">Whether for <see cref="UdpPeer.MaxQueriesPerPort"/> or for one.</param>
    public static UdpQueries Rent(bool isForMany)
    {
        var idle = isForMany ? IdleForMany : IdleForOne;
        return idle.TryTake(out var queries) ? queries : new UdpQueries(isForMany ? UdpPeer.MaxQueriesPerPort : 1);
    }

    /// <summary>Takes back a list where none waits, and which nobody uses any more.</summary>
    public static void Return(UdpQueries queries)
    {
        queries._used = 0;
        queries.Foreign = 0;
        (queries.IsForMany ? IdleForMany : IdleForOne).TryKeep(queries);
    }

    /// <param name="port">The port.</param>
    /// <param name="operation">The query.</param>
    /// <param name="limit">How many the port may serve now.</param>
    public UdpPortAnswer TryAdd(UdpPort port, UdpOperation operation, int limit)
    {
        if (_used >= limit)
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
    public bool IsWaiting(UdpOperation operation, int slot) => slot < _used && _operations[slot] == operation;

    /// <summary>False where somebody else took the query out before.</summary>
    public bool TryRemove(UdpOperation operation)
    {
        if (!IsWaiting(operation, operation.Slot))
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

    private bool IsForMany => capacity > 1;

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
