using DomainVerification.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// The zone <c>acme.example</c> at several servers, which is known to a resolver, and whose servers reply to the proof's question when the
/// test says so. Each later question is answered at once.
/// </summary>
internal sealed class HeldZone : IDnsTransport
{
    public static readonly DnsQuestion Proof = new(DnsName.Parse("_proof.acme.example"), DnsRecordType.TXT);

    private static readonly DnsQuestion Warming = new(DnsName.Parse("_warm.acme.example"), DnsRecordType.TXT);

    private readonly NameSpace _space = NameSpace.WithAcme(0);
    private readonly NameSpace _streams = new(DnsTransportKind.Tcp);
    private readonly Dictionary<string, TaskCompletionSource> _held = [];
    private readonly HashSet<string> _asked = [];
    private readonly bool _takesTexts;

    /// <param name="hosts">The host name of each server: servers with the same number have the same name.</param>
    /// <param name="takesTexts">Whether sendings may be made before there is a session.</param>
    public HeldZone(int[] hosts, bool takesTexts = true)
    {
        _takesTexts = takesTexts;
        Hosts = hosts;
        for (var i = 0; i < hosts.Length; i++)
        {
            _space.Server(Address(i), "acme.example").Zone("acme.example").Txt("_warm", "warm");
            NameSpace.Delegate(_space[NameSpace.TopAddress].Zone("example"), "acme.example", ($"ns{hosts[i]}.acme.example", Address(i)));
        }

        Texts = new TextTransport(this);
    }

    public IReadOnlyList<int> Hosts { get; }

    public DnsTransportKind Kind => DnsTransportKind.Udp;

    /// <summary>What counts the replies that were texts.</summary>
    public TextTransport Texts { get; }

    public ManualTimeProvider Clock => _space.Clock;

    /// <summary>What was sent over TCP.</summary>
    public IEnumerable<string> SentOverTcp => _streams.Sent.Select(sent => sent.Server);

    /// <summary>What was sent, once <see cref="WarmAsync"/> was over.</summary>
    public IEnumerable<string> Sent => _space.Sent.Select(sent => $"{sent.Server} {sent.Question.Name} {sent.Question.Type}");

    /// <summary>The sendings to the servers that have not ended, by their places.</summary>
    public IEnumerable<int> Waiting => Enumerable.Range(0, Hosts.Count).Where(index =>
        _held.TryGetValue(Address(index), out var held) && !held.Task.IsCompleted);

    public NameServer this[int index] => _space[Address(index)];

    public static string Address(int index) => NameSpace.Acme(index + 1);

    public AuthoritativeResolver Resolver(
        Action<DnsResolverOptions>? configure = null,
        ILogger<AuthoritativeResolver>? logger = null,
        TimeProvider? timeProvider = null)
    {
        _streams.TakeServersOf(_space);
        DnsResolverOptions options = new() { RootHints = [NameSpace.RootAddress], FailureRetention = TimeSpan.Zero };
        configure?.Invoke(options);
        return new AuthoritativeResolver(
            options,
            new InMemoryDnsResolver(new DnsWorld()),
            _takesTexts ? Texts : this,
            new HeldStreams(this),
            timeProvider ?? Clock,
            logger ?? NullLogger<AuthoritativeResolver>.Instance);
    }

    /// <summary>Delegates the zone to one more server, which is not to be held.</summary>
    public void AddServer()
    {
        _space.Server("11.1.9.9", "acme.example").Zone("acme.example").Txt("_warm", "warm").Txt("_proof", "token");
        NameSpace.Delegate(_space[NameSpace.TopAddress].Zone("example"), "acme.example", ("more.acme.example", "11.1.9.9"));
    }

    /// <summary>Has a server serve another zone too, by itself.</summary>
    public DnsZone AddZone(string name, int index)
    {
        NameSpace.Delegate(_space[NameSpace.TopAddress].Zone("example"), name, ($"ns.{name}", Address(index)));
        return this[index].Zone(name);
    }

    /// <summary>Has a resolver find the zone.</summary>
    public async Task WarmAsync(AuthoritativeResolver resolver)
    {
        var lookup = await resolver.ResolveAsync(Warming, CancellationToken.None);
        Assert.Equal((DnsLookupStatus.Answered, Hosts.Count), (lookup.Status, lookup.Servers.Count));
        _space.ClearSent();
    }

    /// <summary>Holds the first reply of each server to the proof's question, from now on.</summary>
    public void Hold()
    {
        _held.Clear();
        _asked.Clear();
        for (var i = 0; i < Hosts.Count; i++)
        {
            _held[Address(i)] = new TaskCompletionSource();
        }
    }

    /// <summary>Lets a server reply. Who waits for that has gone on when this is over.</summary>
    public void Reply(int index) => WithoutContext(() => _held[Address(index)].TrySetResult());

    /// <inheritdoc cref="Reply"/>
    /// <summary>Has time pass.</summary>
    public void Advance(TimeSpan time) => WithoutContext(() => Clock.Advance(time));

    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken) => ExchangeAsync(_space, server, query, timeout, cancellationToken);

    private async ValueTask<DnsExchange> ExchangeAsync(
        NameSpace space,
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var address = server.Address.ToString();
        if (query.Question == Proof && _held.TryGetValue(address, out var held) && _asked.Add(address))
        {
            try
            {
                await held.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                held.TrySetCanceled(CancellationToken.None);
                throw;
            }
        }

        return await space.ExchangeAsync(server, query, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Acts outside of the test's context, in which nothing goes on where it is completed.</summary>
    public static void WithoutContext(Action act)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>A server that is known to break the case of names is asked over TCP from the start, and held there.</summary>
    private sealed class HeldStreams(HeldZone zone) : IDnsTransport
    {
        public DnsTransportKind Kind => DnsTransportKind.Tcp;

        public ValueTask<DnsExchange> ExchangeAsync(
            DnsServerEndpoint server,
            DnsQuery query,
            TimeSpan timeout,
            CancellationToken cancellationToken) =>
            zone.ExchangeAsync(zone._streams, server, query, timeout, cancellationToken);
    }
}
