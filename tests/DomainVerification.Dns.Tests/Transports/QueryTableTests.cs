using System.Buffers.Binary;

namespace DomainVerification.Dns.Tests;

public sealed class QueryTableTests : IDisposable
{
    /// <summary>So many that ids drawn at random would meet each other but once in 10^29 runs.</summary>
    private const int Many = 3_000;

    private readonly QueryTable _table = new();
    private readonly List<StreamQuery> _queries = [];

    public void Dispose() => _queries.ForEach(query => query.Dispose());

    [Fact]
    public void Add_IdOfAnAbandonedQuery_IsNotGivenToAnother()
    {
        for (var i = 0; i < Many; i++)
        {
            Assert.True(_table.Abandon(Add()));
        }

        Assert.Equal(Many, _queries.Select(query => query.Id).Distinct().Count());
        Assert.Equal((0, Many, Many), (_table.Live, _table.Abandoned, _table.Total));
        Assert.All(_queries, query => Assert.Same(query, Find(query)));
    }

    [Fact]
    public void Remove_AbandonedQuery_FreesItsIdAndCountsNobodyElse()
    {
        var gone = Add();
        var kept = Add();
        _table.Abandon(gone);

        _table.Remove(gone);

        Assert.Null(Find(gone));
        Assert.Same(kept, Find(kept));
        Assert.Equal((1, 0), (_table.Live, _table.Abandoned));
    }

    [Fact]
    public void Abandon_TwiceOrAfterTheEnd_IsNone()
    {
        var twice = Add();
        var ended = Add();
        _table.Remove(ended);

        Assert.Equal((true, false, false), (_table.Abandon(twice), _table.Abandon(twice), _table.Abandon(ended)));
        Assert.Equal((0, 1), (_table.Live, _table.Abandoned));
    }

    private StreamQuery Add()
    {
        StreamQuery query = new(Queries.Text("a.example.com"), DnsTransportKind.Tcp);
        _queries.Add(query);
        _table.Add(query);
        return query;
    }

    private StreamQuery? Find(StreamQuery query)
    {
        var header = new byte[QueryTable.ShortestMessage];
        BinaryPrimitives.WriteUInt16BigEndian(header, query.Id);
        return _table.Find(header);
    }
}
