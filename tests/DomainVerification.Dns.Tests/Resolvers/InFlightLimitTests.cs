using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>No server is asked more at a time than the options say, and nobody is forgotten for that.</summary>
public sealed class InFlightLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GatedTransport _transport = new();
    private readonly Testing.ManualTimeProvider _time = new();
    private readonly DnsResolverOptions _options = new() { MaxInFlightPerServer = 2, Servers = { ResolverBench.First.ToString() } };

    [Fact]
    public async Task Limit_MoreAtATime_WaitInTheOrderOfComing()
    {
        using var resolver = CreateResolver();
        List<Task<DnsLookup>> lookups = [.. Enumerable.Range(0, 5).Select(index => AskAsync(resolver, index))];
        Assert.Equal([0, 1], _transport.Sent);

        for (var index = 0; index < 5; index++)
        {
            await _transport.WaitForAsync(Math.Min(index + 2, 5));
            _transport.Answer(index);
            Assert.Equal(DnsLookupStatus.NoData, (await lookups[index].WaitAsync(Patience)).Status);
        }

        Assert.Equal([0, 1, 2, 3, 4], _transport.Sent);
        Assert.Equal(2, _transport.MostAtOnce);
    }

    [Fact]
    public async Task Limit_AnotherServer_IsAskedMeanwhile()
    {
        using var resolver = CreateResolver();
        List<Task<DnsLookup>> lookups = [.. Enumerable.Range(0, 3).Select(index => AskAsync(resolver, index))];

        var other = resolver.ResolveAtAsync(ResolverBench.Second, Question(7), CancellationToken.None).AsTask();

        Assert.Equal([0, 1, 7], _transport.Sent);
        _transport.Answer(7);
        await other.WaitAsync(Patience);
        Assert.All(lookups, lookup => Assert.False(lookup.IsCompleted));
    }

    [Fact]
    public async Task Limit_NoTurnWithinTheDeadline_TimesOutWithoutSending()
    {
        using var resolver = CreateResolver();
        List<Task<DnsLookup>> lookups = [.. Enumerable.Range(0, 3).Select(index => AskAsync(resolver, index))];

        _time.Advance(_options.Deadline);

        var lookup = await lookups[2].WaitAsync(Patience);
        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.Empty(lookup.Attempts);
        Assert.Equal([0, 1], _transport.Sent);
    }

    [Fact]
    public async Task Limit_CallerGivesUpWhileWaiting_PassesTheTurnOn()
    {
        using var resolver = CreateResolver();
        using CancellationTokenSource source = new();
        List<Task<DnsLookup>> lookups = [.. Enumerable.Range(0, 2).Select(index => AskAsync(resolver, index))];
        var given = AskAsync(resolver, 2, source.Token);
        lookups.Add(AskAsync(resolver, 3));

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(Patience));
        _transport.Answer(0);

        await _transport.WaitForAsync(3);
        Assert.Equal([0, 1, 3], _transport.Sent);
    }

    private static DnsQuestion Question(int index) =>
        new(DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com")), DnsRecordType.TXT);

    private static Task<DnsLookup> AskAsync(ConfiguredServersResolver resolver, int index, CancellationToken cancellationToken = default) =>
        resolver.ResolveAsync(Question(index), cancellationToken).AsTask();

    private ConfiguredServersResolver CreateResolver() =>
        new(_options, _transport, _transport, _time, NullLogger<ConfiguredServersResolver>.Instance);

    /// <summary>Answers a query when the test says so.</summary>
    private sealed class GatedTransport : IDnsTransport
    {
        private readonly Lock _gate = new();
        private readonly List<int> _sent = [];
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _answers = new();
        private readonly Channel<int> _sendings = Channel.CreateUnbounded<int>();
        private int _seen;
        private int _waiting;

        public DnsTransportKind Kind => DnsTransportKind.Udp;

        public int MostAtOnce { get; private set; }

        public List<int> Sent
        {
            get
            {
                lock (_gate)
                {
                    return [.. _sent];
                }
            }
        }

        public void Answer(int index) => _answers[index].SetResult();

        public async Task WaitForAsync(int count)
        {
            for (; _seen < count; _seen++)
            {
                await _sendings.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            }
        }

        public async ValueTask<DnsExchange> ExchangeAsync(
            DnsServerEndpoint server,
            DnsQuery query,
            TimeSpan timeout,
            CancellationToken cancellationToken)
        {
            var index = int.Parse(query.Question.Name.ToString().Split('.')[0], CultureInfo.InvariantCulture);
            var answer = _answers.GetOrAdd(index, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            lock (_gate)
            {
                _sent.Add(index);
                MostAtOnce = Math.Max(MostAtOnce, ++_waiting);
            }

            _sendings.Writer.TryWrite(index);
            await answer.Task.WaitAsync(cancellationToken);
            lock (_gate)
            {
                _waiting--;
            }

            return ResolverBench.Answered(DnsResponseCode.NoError);
        }
    }
}
