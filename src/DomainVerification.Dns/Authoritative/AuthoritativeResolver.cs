using Microsoft.Extensions.Logging;

namespace DomainVerification.Dns;

/// <summary>
/// Asks the servers of the zone itself, each of them, and no cache on the way: what a customer has published is seen at once, and nobody's
/// stale or forged memory has a say. Walks from the root with no more of the name than each server has to know (RFC 9156), takes addresses only
/// from servers that have a say in them, and keeps zone cuts for a short time, answers never.
/// </summary>
/// <remarks>
/// <para>
/// The answer is what more than half of the servers say that speak for the zone with authority. Silent, broken and lame servers have no say,
/// and neither have those whose version of the zone is behind; where three servers or more speak, a newer version has to be had by two. Without
/// a majority the look-up ends as <see cref="DnsLookupStatus.Disputed"/>. <see cref="DnsLookup.Servers"/> tells what each one said.
/// </para>
/// <para>
/// Where no server can be heard at all, those of the root neither, outgoing DNS is blocked: then the other resolver answers, and
/// <see cref="DnsLookup.Source"/> says so.
/// </para>
/// </remarks>
public sealed class AuthoritativeResolver : IDnsResolver, IAsyncDisposable, IDisposable
{
    private readonly FailureMemory _failures;
    private readonly SharedLookups _lookups;
    private readonly OwnTransports? _own;

    /// <summary>Makes a resolver over this package's own UDP and TCP transports.</summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <param name="resolvers">Who answers where outgoing DNS is blocked.</param>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    /// <param name="logger">Told of every look-up; never of what records hold.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid; the message holds all of <see cref="DnsResolverOptions.Validate"/>.
    /// </exception>
    public AuthoritativeResolver(
        DnsResolverOptions options,
        IDnsResolver resolvers,
        TimeProvider timeProvider,
        ILogger<AuthoritativeResolver> logger)
        : this(options, resolvers, new OwnTransports(timeProvider), timeProvider, logger)
    {
    }

    /// <summary>Makes a resolver over other transports, which stay the caller's own.</summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <param name="resolvers">Who answers where outgoing DNS is blocked.</param>
    /// <param name="datagramTransport">What <see cref="DnsTransportMode.UdpThenTcp"/> uses first.</param>
    /// <param name="streamTransport">
    /// What is used where the first will not do, and always by <see cref="DnsTransportMode.TcpOnly"/>.
    /// </param>
    /// <param name="timeProvider">The clock of the deadline.</param>
    /// <param name="logger">Told of every look-up; never of what records hold.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid; the message holds all of <see cref="DnsResolverOptions.Validate"/>.
    /// </exception>
    public AuthoritativeResolver(
        DnsResolverOptions options,
        IDnsResolver resolvers,
        IDnsTransport datagramTransport,
        IDnsTransport streamTransport,
        TimeProvider timeProvider,
        ILogger<AuthoritativeResolver> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(resolvers);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        var plan = LookupPlan.From(options, [], datagramTransport, streamTransport, timeProvider, new LookupObserver(logger));
        var roots = new RootHints([.. options.RootHints.Select(DnsServerEndpoint.Parse)]);
        AuthoritativeContext context = new(plan, roots, new ZoneCuts(timeProvider), new NameServerAddresses(timeProvider));
        _failures = new FailureMemory(options.FailureRetention, timeProvider);
        AuthoritativeLookups authoritative = new(context, resolvers, _failures);
        _lookups = new SharedLookups(lookups => new ZoneLookup(lookups, authoritative));
    }

    private AuthoritativeResolver(
        DnsResolverOptions options,
        IDnsResolver resolvers,
        OwnTransports own,
        TimeProvider timeProvider,
        ILogger<AuthoritativeResolver> logger)
        : this(options, resolvers, own.Datagrams, own.Streams, timeProvider, logger) => _own = own;

    /// <inheritdoc/>
    public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        cancellationToken.ThrowIfCancellationRequested();
        return _failures.Find(question) is { } failure
            ? ValueTask.FromResult(failure)
            : _lookups.RunAsync(question, cancellationToken);
    }

    /// <summary>Closes the sockets of the transports that the resolver made itself.</summary>
    public void Dispose() => _own?.Dispose();

    /// <summary>As <see cref="Dispose"/>, and waits until they are closed.</summary>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
