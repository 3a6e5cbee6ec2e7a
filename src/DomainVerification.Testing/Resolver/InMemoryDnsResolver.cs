using System.Diagnostics.CodeAnalysis;
using System.Net;
using DomainVerification.Dns;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Testing;

/// <summary>
/// The product's own resolver over a <see cref="DnsWorld"/>, without sockets: it finds what it would find through a
/// <see cref="LoopbackDnsServer"/> of the same world, with the same faults on order, in microseconds.
/// </summary>
/// <remarks>
/// Nothing waits: a query that a fault drops has timed out at once. Only <see cref="DnsFault.Delay"/> and <see cref="DnsFault.Hold"/> take
/// time, and the resolver's timeouts then apply, by the clock that the constructor took. What a test's own rewriting throws comes out of
/// <see cref="ResolveAsync"/>.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The inner resolver has transports without sockets, so there is nothing to close.")]
public sealed class InMemoryDnsResolver : IDnsResolver
{
    private readonly ReceivedLog<ReceivedQuery> _log = new();
    private readonly ConfiguredServersResolver _resolver;

    /// <summary>Makes a resolver.</summary>
    /// <param name="world">What it answers from.</param>
    /// <param name="timeProvider">The clock of timeouts and of <see cref="ReceivedQuery.ReceivedAt"/>; null for the system's.</param>
    public InMemoryDnsResolver(DnsWorld world, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        World = world;
        var clock = timeProvider ?? TimeProvider.System;
        var handler = new QueryHandler(world, Faults, _log, clock);

        // Nobody listens there: the transports below never look at the address.
        // A test that mends a fault looks again at once.
        var options = new DnsResolverOptions
        {
            Servers = { new DnsServerEndpoint(IPAddress.Loopback).ToString() },
            FailureRetention = TimeSpan.Zero,
        };
        _resolver = new ConfiguredServersResolver(
            options,
            new InMemoryDnsTransport(DnsTransportKind.Udp, handler, Faults, clock),
            new InMemoryDnsTransport(DnsTransportKind.Tcp, handler, Faults, clock),
            clock,
            NullLogger<ConfiguredServersResolver>.Instance);
    }

    /// <summary>What it answers from; edits show at the next look-up.</summary>
    public DnsWorld World { get; }

    /// <summary>What goes wrong: <c>DnsFault.ServFail().For("acme.example")</c> makes that name fail.</summary>
    public DnsFaults Faults { get; } = new();

    /// <summary>The queries made so far, the oldest first: the last 10,000 since <see cref="ClearQueries"/>.</summary>
    public IReadOnlyList<ReceivedQuery> Queries => _log.Snapshot();

    /// <summary>Forgets the queries made so far.</summary>
    public void ClearQueries() => _log.Clear();

    /// <summary>Completes as soon as <see cref="Queries"/> has at least that many.</summary>
    /// <param name="count">From 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait; give it a real deadline, for the case that nobody asks.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForQueriesAsync(int count, CancellationToken cancellationToken) => _log.WaitAsync(count, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _resolver.ResolveAsync(question, cancellationToken);
}
