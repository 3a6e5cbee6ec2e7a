using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>What a query that is alone does with a server on this machine, which may answer before anybody could be woken.</summary>
public sealed class UdpPollTests : IDisposable
{
    private const int MoreThanThreads = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Testing.ManualTimeProvider _time = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly PromptReceiver _receiver = new();
    private readonly UdpDnsTransport _transport;
    private readonly byte[] _query = new byte[512];
    private readonly HashSet<int> _clientPorts = [];
    private int _asked;

    public UdpPollTests()
    {
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _transport = new UdpDnsTransport(_time, _receiver);
    }

    private IPEndPoint Address => (IPEndPoint)_server.LocalEndPoint!;

    public void Dispose()
    {
        _transport.Dispose();
        _server.Dispose();
    }

    [EpollFact]
    public async Task AnswerThatIsThereAtOnce_EndsTheExchangeInTheCallersThread()
    {
        _receiver.AfterSend = () => Answer(Answers.Name);

        for (var i = 0; i < 100; i++)
        {
            var exchange = AskAsync();

            // Nobody else was needed, and the next query has another port all the same.
            Assert.True(exchange.IsCompleted);
            Assert.Equal(DnsExchangeOutcome.Answered, (await exchange).Outcome);
            Assert.Equal(0, _receiver.Awaited);
            Assert.Equal(0, _receiver.Count);
        }

        Assert.InRange(_clientPorts.Count, 90, 100);
    }

    [EpollFact]
    public async Task AnswerThatComesLater_IsHeardToo()
    {
        for (var i = 0; i < 20; i++)
        {
            var exchange = AskAsync();
            Assert.False(exchange.IsCompleted);
            Assert.Equal(i + 1, _receiver.Awaited);

            Answer(Answers.Name);

            Assert.Equal(DnsExchangeOutcome.Answered, (await exchange.AsTask().WaitAsync(Patience)).Outcome);
        }
    }

    [EpollFact]
    public async Task W04_ForeignPackets_AreCountedAndTheLookingGoesOn()
    {
        _receiver.AfterSend = () => Answer(Answers.WrongId, Answers.OtherQuestion, Answers.Name);

        var exchange = AskAsync();

        Assert.True(exchange.IsCompleted);
        var ended = await exchange;
        Assert.Equal((DnsExchangeOutcome.Answered, 2), (ended.Outcome, ended.IgnoredPackets));
    }

    [EpollFact]
    public async Task W04_NineForeignPackets_EndTheQuery()
    {
        _receiver.AfterSend = () => Answer([.. Enumerable.Repeat<Func<byte[], byte[]>>(Answers.WrongId, 9), Answers.Name]);

        var ended = await AskAsync().AsTask().WaitAsync(Patience);

        Assert.Equal((DnsExchangeOutcome.Mismatched, 9), (ended.Outcome, ended.IgnoredPackets));
    }

    [EpollFact]
    public async Task ServerThatIsGone_IsUnreachable()
    {
        var address = Address;
        _server.Dispose();

        var ended = await _transport
            .ExchangeAsync(new DnsServerEndpoint(address.Address, address.Port), NextQuery(), Timeout, CancellationToken.None)
            .AsTask()
            .WaitAsync(Patience);

        Assert.Equal(DnsExchangeOutcome.Unreachable, ended.Outcome);
    }

    [EpollFact]
    public async Task ServerThatIsSilent_TimesOutByTheClock()
    {
        var exchange = AskAsync();
        Assert.False(exchange.IsCompleted);

        _time.Advance(Timeout);

        Assert.Equal(DnsExchangeOutcome.TimedOut, (await exchange.AsTask().WaitAsync(Patience)).Outcome);
        Assert.Equal(0, _receiver.Count);
    }

    [EpollFact]
    public async Task CancelledWhileLooking_EndsAsCancelled()
    {
        using CancellationTokenSource source = new();
        _receiver.AfterSend = source.Cancel;

        var exchange = _transport.ExchangeAsync(new DnsServerEndpoint(Address.Address, Address.Port), NextQuery(), Timeout, source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange.AsTask().WaitAsync(Patience));
        Assert.Equal(0, _receiver.Count);
    }

    [EpollFact]
    public async Task AnswersOfOthersThatWaitForThePool_ComeFirst()
    {
        // The pool is kept from going on with the first answer, whose query shares nothing with the second.
        HeldCompletions held = new();
        UdpExchanges exchanges = new(_receiver, held, new UdpOperationPool(_time), _time);
        DnsServerEndpoint server = new(Address.Address, Address.Port);
        var first = Begin(exchanges, server).Exchange.AsTask();
        Answer(Answers.Name);
        await held.Held.WaitAsync(Patience);
        _receiver.AfterSend = () => Answer(Answers.Name);

        var second = Begin(exchanges, server).Exchange.AsTask();

        Assert.False(second.IsCompleted);
        held.Release();
        Assert.Equal(DnsExchangeOutcome.Answered, (await first.WaitAsync(Patience)).Outcome);
        Assert.Equal(DnsExchangeOutcome.Answered, (await second.WaitAsync(Patience)).Outcome);
        exchanges.Close();
    }

    [EpollFact]
    public void WorkThatWaitsForThePool_ComesFirst()
    {
        var isBusy = true;
        EpollReceiver receiver = new() { IsPoolBusy = () => isBusy };
        DnsServerEndpoint near = new(IPAddress.Loopback);

        Assert.False(receiver.Polls(near, isShared: false));
        isBusy = false;
        Assert.True(receiver.Polls(near, isShared: false));
    }

    [EpollFact]
    public void PoolWithMoreWorkThanThreads_IsBusy()
    {
        // Not disposed, since a thread of the pool may have them yet where this fails.
        ThreadPool.GetMinThreads(out var threads, out _);
        ManualResetEventSlim end = new();
        CountdownEvent left = new(threads + MoreThanThreads);
        EpollReceiver receiver = new();
        for (var i = 0; i < threads + MoreThanThreads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Hold(), null);
        }

        var isBusy = receiver.IsPoolBusy();
        var polls = receiver.Polls(new DnsServerEndpoint(IPAddress.Loopback), isShared: false);
        end.Set();

        Assert.True(left.Wait(Patience));
        Assert.True(isBusy);
        Assert.False(polls);

        void Hold()
        {
            end.Wait(Patience);
            left.Signal();
        }
    }

    [EpollFact]
    public void ServerElsewhere_IsNotPolled()
    {
        EpollReceiver receiver = new() { IsPoolBusy = static () => false };

        Assert.False(receiver.Polls(new DnsServerEndpoint(IPAddress.Parse("192.0.2.1")), isShared: false));
        Assert.False(receiver.Polls(new DnsServerEndpoint(IPAddress.Loopback), isShared: true));
    }

    private ValueTask<DnsExchange> AskAsync() =>
        _transport.ExchangeAsync(new DnsServerEndpoint(Address.Address, Address.Port), NextQuery(), Timeout, CancellationToken.None);

    private UdpOperation Begin(UdpExchanges exchanges, DnsServerEndpoint server) =>
        exchanges.Begin(server, QueryParts.Of(NextQuery()), takesText: false, Timeout, CancellationToken.None);

    private DnsQuery NextQuery() =>
        new(new DnsQuestion(DnsName.Parse($"q{_asked++}.example"), DnsRecordType.TXT), DnsHeaderFlags.RecursionDesired, null);

    // On loopback a packet has come when the call that sends it is over.
    private void Answer(params Func<byte[], byte[]>[] answers)
    {
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        var query = _query[.._server.ReceiveFrom(_query, ref client)];
        _clientPorts.Add(((IPEndPoint)client).Port);
        foreach (var answer in answers)
        {
            _server.SendTo(answer(query), client);
        }
    }

    /// <summary>Keeps the first query that ends until it is released.</summary>
    private sealed class HeldCompletions : IUdpCompletions
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private List<UdpOperation>? _operations = [];

        public Task Held => _held.Task;

        public bool IsIdle
        {
            get
            {
                lock (_gate)
                {
                    return _operations is not { Count: > 0 };
                }
            }
        }

        public void Add(UdpOperation operation)
        {
            lock (_gate)
            {
                if (_operations is { } operations)
                {
                    operations.Add(operation);
                    _held.TrySetResult();
                    return;
                }
            }

            operation.GoOn();
        }

        public void Release()
        {
            List<UdpOperation> operations;
            lock (_gate)
            {
                operations = _operations!;
                _operations = null;
            }

            operations.ForEach(operation => operation.GoOn());
        }
    }

    /// <summary>Lets a test do something between the sending and the first look.</summary>
    private sealed class PromptReceiver : CountingReceiver
    {
        public Action? AfterSend { get; set; }

        public int Awaited { get; private set; }

        public override void Send(UdpPort port, UdpOperation operation)
        {
            base.Send(port, operation);
            AfterSend?.Invoke();
        }

        public override void Await(UdpPort port)
        {
            Awaited++;
            base.Await(port);
        }
    }
}
