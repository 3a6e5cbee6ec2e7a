using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>The queries under way on one connection, by their ids. Not safe for several threads: the connection guards it.</summary>
internal sealed class QueryTable
{
    /// <summary>The length of a header: no message is shorter.</summary>
    public const int ShortestMessage = 12;

    private readonly Dictionary<ushort, StreamQuery> _queries = [];

    public bool IsEmpty => _queries.Count == 0;

    /// <summary>How many queries somebody waits for.</summary>
    public int Live { get; private set; }

    /// <summary>How many queries were sent whose askers have gone. Their ids stay taken, so that a late answer is known for one.</summary>
    public int Abandoned => _queries.Count - Live;

    /// <summary>How many queries have come in all.</summary>
    public int Total { get; private set; }

    public void Add(StreamQuery query)
    {
        while (!_queries.TryAdd(query.Id, query))
        {
            query.Renew();
        }

        Live++;
        Total++;
    }

    /// <summary>The query whose id a message has.</summary>
    public StreamQuery? Find(ReadOnlySpan<byte> message) => _queries.GetValueOrDefault(BinaryPrimitives.ReadUInt16BigEndian(message));

    public void Remove(StreamQuery query)
    {
        if (_queries.Remove(query.Id) && !query.IsAbandoned)
        {
            Live--;
        }
    }

    /// <summary>Notes that the asker has gone; answers whether the query still was under way.</summary>
    public bool Abandon(StreamQuery query)
    {
        if (query.IsAbandoned || _queries.GetValueOrDefault(query.Id) != query)
        {
            return false;
        }

        query.IsAbandoned = true;
        Live--;
        return true;
    }

    /// <summary>Notes one message that answers none of the queries.</summary>
    public void CountIgnored()
    {
        foreach (var query in _queries.Values)
        {
            query.Ignored++;
        }
    }

    public IReadOnlyList<StreamQuery> TakeAll()
    {
        StreamQuery[] all = [.. _queries.Values];
        _queries.Clear();
        Live = 0;
        return all;
    }
}
