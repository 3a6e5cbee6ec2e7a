using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>What holds where many queries wait for one server, so that they share ports.</summary>
public sealed class SharedPortTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Testing.ManualTimeProvider _time = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly UdpDnsTransport _transport;
    private readonly DnsServerEndpoint _endpoint;

    public SharedPortTests()
    {
        _transport = new UdpDnsTransport(_time);
        _server.ReceiveBufferSize = 1 << 22;
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _endpoint = new DnsServerEndpoint(IPAddress.Loopback, ((IPEndPoint)_server.LocalEndPoint!).Port);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task W02_ManyWaiting_FewPortsServeABoundedNumberOfQueriesEach()
    {
        var exchanges = Ask(400);

        var queries = await ReceiveAsync(400);

        var ports = queries.GroupBy(query => query.Port).ToList();
        Assert.InRange(ports.Count, 16, 64);
        Assert.All(ports, port => Assert.InRange(port.Count(), 1, 128));
        Assert.All(ports, port => Assert.InRange(port.Key, 1024, 65_535));
        await AnswerAsync(queries);
        Assert.All(await Task.WhenAll(exchanges), exchange => Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome));
    }

    [Fact]
    public async Task W02_ManyOneAfterTheOther_PortsAreReplaced()
    {
        ConcurrentDictionary<int, int> uses = new();
        for (var wave = 0; wave < 20; wave++)
        {
            var exchanges = Ask(32, wave * 32);
            var queries = await ReceiveAsync(32);
            queries.ForEach(query => uses.AddOrUpdate(query.Port, 1, (_, count) => count + 1));
            await AnswerAsync(queries);
            await Task.WhenAll(exchanges);
        }

        // Each wave ends with nobody waiting, so that none finds a port of the wave before; the kernel may choose one again by chance.
        Assert.InRange(uses.Count, 35, 640);
    }

    [Fact]
    public async Task W02_AnswersInAnyOrder_ReachTheirQueries()
    {
        var exchanges = Ask(200);
        var queries = await ReceiveAsync(200);
        queries.Reverse();

        await AnswerAsync(queries);

        var answers = await Task.WhenAll(exchanges);
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal(Name(i), answers[i].Response!.Question!.Name);
            Assert.Equal(Name(i).ToString(), ((DnsTxtRecord)answers[i].Response!.Answers[0]).Text, ignoreCase: true);
        }
    }

    [Fact]
    public async Task W06_EqualQuestions_NeverShareAPort()
    {
        var exchanges = Enumerable.Range(0, 40).Select(_ => ExchangeAsync(0)).ToList();

        var queries = await ReceiveAsync(40);

        Assert.Equal(40, queries.Select(query => query.Port).Distinct().Count());
        await AnswerAsync(queries);
        await Task.WhenAll(exchanges);
    }

    [Fact]
    public async Task W06_QuestionAskedAgainAndAgain_WhileAnotherWaits_LeavesNoPortsOpen()
    {
        CountingReceiver receiver = new();
        using UdpDnsTransport transport = new(_time, receiver);
        var silent = transport.ExchangeAsync(_endpoint, Query(0), Timeout, CancellationToken.None).AsTask();
        await ReceiveAsync(1);
        for (var i = 0; i < 100; i++)
        {
            var again = transport.ExchangeAsync(_endpoint, Query(1), Timeout, CancellationToken.None).AsTask();
            await AnswerAsync(await ReceiveAsync(1));
            Assert.Equal(DnsExchangeOutcome.Answered, (await again).Outcome);
        }

        Assert.InRange(receiver.Count, 1, 3);
        transport.Dispose();
        Assert.Equal(DnsExchangeOutcome.Unreachable, (await silent).Outcome);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task Exchange_PortFailsBeforeItHasTheQuery_EndsAtOnce()
    {
        using UdpDnsTransport transport = new(_time, new FailingReceiver());

        var exchange = await transport.ExchangeAsync(_endpoint, Query(0), Timeout, CancellationToken.None).AsTask().WaitAsync(Patience);

        Assert.Equal(DnsExchangeOutcome.Unreachable, exchange.Outcome);
    }

    [Fact]
    public async Task W04_NineForeignPacketsOnASharedPort_EndItsQueriesAndNoOthers()
    {
        var exchanges = Ask(100);
        var queries = await ReceiveAsync(100);
        var hit = queries.GroupBy(query => query.Port).MaxBy(port => port.Count())!.ToList();
        Assert.InRange(hit.Count, 2, 99);

        for (var i = 0; i < 9; i++)
        {
            await _server.SendToAsync(new byte[] { 1, 2, 3 }, hit[0].Sender);
        }

        HashSet<DnsName> names = [.. hit.Select(query => Answers.Read(query.Octets).Question!.Name)];
        var mismatched = exchanges.Where((_, i) => names.Contains(Name(i))).ToList();
        Assert.All(
            await Task.WhenAll(mismatched).WaitAsync(Patience),
            exchange => Assert.Equal((DnsExchangeOutcome.Mismatched, 9), (exchange.Outcome, exchange.IgnoredPackets)));
        await AnswerAsync(queries.Except(hit));
        Assert.All(
            await Task.WhenAll(exchanges.Except(mismatched)),
            exchange => Assert.Equal((DnsExchangeOutcome.Answered, 0), (exchange.Outcome, exchange.IgnoredPackets)));
    }

    [Fact]
    public async Task W04_LateAndDoubledAnswers_AreNoForgeries()
    {
        var exchanges = Ask(20);
        var queries = await ReceiveAsync(20);
        var (first, rest) = (queries.Take(10).ToList(), queries.Skip(10).ToList());
        for (var times = 0; times < 4; times++)
        {
            await AnswerAsync(first);
        }

        await AnswerAsync(rest);

        Assert.All(
            await Task.WhenAll(exchanges).WaitAsync(Patience),
            exchange => Assert.Equal((DnsExchangeOutcome.Answered, 0), (exchange.Outcome, exchange.IgnoredPackets)));
    }

    [Fact]
    public async Task Timeout_ManyWaiting_EndsThoseWhoseTimeIsUp()
    {
        var early = Ask(30);
        _time.Advance(Timeout / 2);
        var late = Ask(30, 30);

        _time.Advance(Timeout / 2);

        Assert.All(await Task.WhenAll(early).WaitAsync(Patience), exchange =>
            Assert.Equal((DnsExchangeOutcome.TimedOut, Timeout), (exchange.Outcome, exchange.Elapsed)));
        Assert.All(late, exchange => Assert.False(exchange.IsCompleted));
        _time.Advance(Timeout / 2);
        Assert.All(await Task.WhenAll(late).WaitAsync(Patience), exchange => Assert.Equal(DnsExchangeOutcome.TimedOut, exchange.Outcome));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Timeout_NobodyWaits_NoTimerIsArmed()
    {
        var exchanges = Ask(5);
        Assert.Equal(1, _time.ActiveTimers);

        await AnswerAsync(await ReceiveAsync(5));
        await Task.WhenAll(exchanges);

        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Cancel_OneOfMany_EndsThatOne()
    {
        using CancellationTokenSource source = new();
        var exchanges = Ask(20);
        var cancelled = ExchangeAsync(20, source.Token);
        var queries = await ReceiveAsync(21);

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        Assert.Equal(source.Token, error.CancellationToken);
        await AnswerAsync(queries);
        Assert.All(await Task.WhenAll(exchanges), exchange => Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome));
    }

    [Fact]
    public async Task Unreachable_ServerGoesWhileManyWait_EndsThemPromptly()
    {
        var exchanges = Ask(50);
        await ReceiveAsync(50);
        _server.Dispose();

        // A port hears of it when something is sent from it again, and tells all that wait there.
        for (var further = 50; further < 70; further++)
        {
            Assert.Equal(DnsExchangeOutcome.Unreachable, (await ExchangeAsync(further).WaitAsync(Patience)).Outcome);
        }

        var ended = exchanges.Where(exchange => exchange.IsCompleted).ToList();
        Assert.InRange(ended.Count, 2, 50);
        Assert.All(await Task.WhenAll(ended), exchange => Assert.Equal("connection_refused", exchange.Detail));
    }

    [Fact]
    public async Task Dispose_WhileQueriesWait_EndsThem()
    {
        var exchanges = Ask(10);
        await ReceiveAsync(10);

        _transport.Dispose();

        Assert.All(
            await Task.WhenAll(exchanges).WaitAsync(Patience),
            exchange => Assert.Equal(DnsExchangeOutcome.Unreachable, exchange.Outcome));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ExchangeAsync(11));
    }

    private static DnsName Name(int index) => DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"n{index}.example.com"));

    private List<Task<DnsExchange>> Ask(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(index => ExchangeAsync(index))];

    private Task<DnsExchange> ExchangeAsync(int index, CancellationToken cancellationToken = default) => _transport
        .ExchangeAsync(
            _endpoint,
            Query(index),
            Timeout,
            cancellationToken)
        .AsTask();

    private static DnsQuery Query(int index) =>
        new(new DnsQuestion(Name(index), DnsRecordType.TXT), DnsHeaderFlags.RecursionDesired, new DnsEdns());

    private async Task<List<ReceivedQuery>> ReceiveAsync(int count)
    {
        using CancellationTokenSource patience = new(Patience);
        List<ReceivedQuery> queries = [];
        var buffer = new byte[4096];
        while (queries.Count < count)
        {
            var received = await _server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), patience.Token);
            queries.Add(new ReceivedQuery(buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint));
        }

        return queries;
    }

    private async Task AnswerAsync(IEnumerable<ReceivedQuery> queries)
    {
        foreach (var query in queries)
        {
            var name = Answers.Read(query.Octets).Question!.Name.ToString();
            await _server.SendToAsync(Answers.Text(query.Octets, name), query.Sender);
        }
    }

    private sealed record ReceivedQuery(byte[] Octets, IPEndPoint Sender)
    {
        public int Port => Sender.Port;
    }

    private sealed class FailingReceiver : UdpReceiver
    {
        public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls) => new PortableUdpSocket(server, isShared);

        public override void Add(UdpPort port) => port.Fail(SocketError.NetworkUnreachable);

        public override void Close(UdpPort port) => port.Socket.Dispose();
    }
}
