using System.Net;
using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Tests.Shared;

/// <summary>Name servers without sockets, each with an address and zones of its own; where none is, nobody answers.</summary>
internal sealed class NameSpace(DnsTransportKind kind = DnsTransportKind.Udp) : IDnsTransport
{
    public const string RootAddress = "11.0.0.1";
    public const string TopAddress = "11.0.1.1";

    private readonly Dictionary<DnsServerEndpoint, NameServer> _servers = [];
    private readonly List<(string Server, DnsQuestion Question)> _sent = [];

    public DnsTransportKind Kind => kind;

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>What the recursive servers say, who are asked where nothing else can be heard.</summary>
    public DnsWorld ResolversWorld { get; } = new();

    /// <summary>What the recursive servers do wrong.</summary>
    public List<DnsFault> ResolversFaults { get; } = [];

    public IReadOnlyList<(string Server, DnsQuestion Question)> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public IEnumerable<string> SentTo(string address) => Sent.Where(sent => sent.Server == address).Select(sent => $"{sent.Question.Name} {sent.Question.Type}");

    public void ClearSent() => _sent.Clear();

    /// <summary>The root, the zone <c>example</c>, and <c>acme.example</c> at so many servers of its own: 11.1.0.1 and so on.</summary>
    public static NameSpace WithAcme(int servers = 2)
    {
        var space = new NameSpace();
        var root = space.Server(RootAddress, ".");
        var top = space.Server(TopAddress, "example");
        root.Zone(".").TimeToLive = top.Zone("example").TimeToLive = TimeSpan.FromDays(2);
        Delegate(root.Zone("."), "example", ("a.nic.example", TopAddress));
        for (var i = 1; i <= servers; i++)
        {
            space.Server(Acme(i), "acme.example");
            Delegate(top.Zone("example"), "acme.example", ($"ns{i}.acme.example", Acme(i)));
        }

        return space;
    }

    /// <summary>The address of a server of <c>acme.example</c>, counted from 1.</summary>
    public static string Acme(int number) => $"11.1.0.{number}";

    public DnsZone AcmeZone(int number) => this[Acme(number)].Zone("acme.example");

    /// <summary>Publishes the proof at some servers of <c>acme.example</c>, whose serials go up by two.</summary>
    public void Publish(string text, params int[] numbers) => Array.ForEach(numbers, number => AcmeZone(number).Txt("_proof", text).Txt("_host-challenge", text));

    /// <summary>Changes something else at some servers of <c>acme.example</c>, whose serials go up by two.</summary>
    public void Touch(params int[] numbers) => Array.ForEach(numbers, number => AcmeZone(number).Txt("other", "1").Txt("other", "2"));

    public IReadOnlyDictionary<DnsServerEndpoint, NameServer> Servers => _servers;

    public NameServer this[string address] => _servers[new DnsServerEndpoint(IPAddress.Parse(address))];

    public NameServer Server(string address, params string[] zones) => Server(DnsServerEndpoint.Parse(address), zones);

    public NameServer Server(DnsServerEndpoint endpoint, params string[] zones)
    {
        var server = _servers[endpoint] = new NameServer();
        foreach (var zone in zones)
        {
            server.World.Zone(zone);
        }

        return server;
    }

    /// <summary>Has the servers of another name space from now on.</summary>
    public void TakeServersOf(NameSpace other)
    {
        foreach (var (endpoint, server) in other._servers)
        {
            _servers[endpoint] = server;
        }
    }

    /// <summary>Adds a server to a delegation, with its address where one is given.</summary>
    public static void Delegate(DnsZone parent, string child, params (string Host, string? Address)[] servers)
    {
        foreach (var (host, address) in servers)
        {
            parent.Ns(child + ".", host + ".");
            if (address is not null)
            {
                parent.Address(host + ".", IPAddress.Parse(address));
            }
        }
    }

    public AuthoritativeResolver Resolver(Action<DnsResolverOptions>? configure = null)
    {
        var options = new DnsResolverOptions { RootHints = [RootAddress], FailureRetention = TimeSpan.Zero };
        configure?.Invoke(options);
        var resolvers = new InMemoryDnsResolver(ResolversWorld);
        ResolversFaults.ForEach(fault => resolvers.Faults.Add(fault));
        return new AuthoritativeResolver(options, resolvers, this, new NoStreams(), Clock, NullLogger<AuthoritativeResolver>.Instance);
    }

    public async Task<DnsLookup> AskAsync(string name = "_proof.acme.example", DnsRecordType type = DnsRecordType.TXT) =>
        await Resolver().ResolveAsync(new DnsQuestion(DnsName.Parse(name), type), CancellationToken.None);

    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_sent)
        {
            _sent.Add((server.Port == 53 ? server.Address.ToString() : server.ToString(), query.Question));
        }

        return _servers.TryGetValue(server, out var found)
            ? await found.AnswerAsync(query, cancellationToken)
            : new DnsExchange(DnsExchangeOutcome.TimedOut, timeout);
    }

    private sealed class NoStreams : IDnsTransport
    {
        public DnsTransportKind Kind => DnsTransportKind.Tcp;

        public ValueTask<DnsExchange> ExchangeAsync(DnsServerEndpoint server, DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing here needs a stream.");
    }
}

/// <summary>One server: the zones that it has, and what it does instead of answering from them.</summary>
internal sealed class NameServer
{
    public DnsWorld World { get; } = new();

    /// <summary>Answers instead of the world, or gives null for the world to answer.</summary>
    public Func<DnsQuestion, CancellationToken, Task<DnsExchange?>>? Instead { get; set; }

    public DnsZone Zone(string name) => World.Zone(name);

    public void Fail(DnsExchangeOutcome outcome, string? detail = null) =>
        Instead = (_, _) => Task.FromResult<DnsExchange?>(new DnsExchange(outcome, TimeSpan.Zero) { Detail = detail });

    public void Rewrite(Func<DnsMessage, DnsMessage?> rewrite) =>
        Instead = (question, _) => Task.FromResult(rewrite(Answer(question)) is { } answer ? Answered(answer) : null);

    public DnsMessage Answer(DnsQuestion question) => World.Answer(DnsMessage.CreateQuery(1, question, null, DnsHeaderFlags.None));

    public async ValueTask<DnsExchange> AnswerAsync(DnsQuery query, CancellationToken cancellationToken) =>
        (Instead is null ? null : await Instead(query.Question, cancellationToken)) ?? Answered(Answer(query.Question));

    public static DnsExchange Answered(DnsMessage answer) => new(DnsExchangeOutcome.Answered, TimeSpan.Zero) { Response = answer };
}
