using Microsoft.Extensions.Logging;

namespace DomainVerification.Dns;

/// <summary>
/// Asks recursive servers that were configured, or those of the operating system, in their order. A server that times out is asked again
/// after the others; one that fails, refuses, cannot be reached or cannot be understood is not. Definitive answers, also negative ones, are
/// taken from the first server that gives one and never kept. A failure is kept for a moment (<see cref="DnsResolverOptions.FailureRetention"/>),
/// and who asks what somebody else is asking waits for the same answer.
/// </summary>
public sealed class ConfiguredServersResolver : IDnsResolver, IAsyncDisposable, IDisposable
{
    private readonly IReadOnlyList<DnsServerEndpoint> _configuredServers;
    private readonly SystemDnsServers _systemServers;
    private readonly LookupPlan _plan;
    private readonly FailureMemory _failures;
    private readonly SharedLookups _lookups;
    private readonly EncryptedTransports _encrypted;
    private readonly OwnTransports? _own;

    /// <summary>Makes a resolver over this package's own transports.</summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    /// <param name="logger">Told of every look-up; never of what records hold.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid; the message holds all of <see cref="DnsResolverOptions.Validate"/>.
    /// </exception>
    public ConfiguredServersResolver(DnsResolverOptions options, TimeProvider timeProvider, ILogger<ConfiguredServersResolver> logger)
        : this(options, timeProvider, logger, static _ => null)
    {
    }

    /// <summary>As the public one, over handlers of HTTPS that somebody else keeps, as <see cref="HttpsClients"/> wants them.</summary>
    internal ConfiguredServersResolver(
        DnsResolverOptions options,
        TimeProvider timeProvider,
        ILogger<ConfiguredServersResolver> logger,
        Func<DnsServerEndpoint, HttpMessageHandler?> keptHandlers)
        : this(options, new OwnTransports(timeProvider), timeProvider, logger, keptHandlers)
    {
    }

    /// <summary>
    /// Makes a resolver over other transports, which stay the caller's own, to servers that are spoken with in clear text.
    /// </summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <param name="datagramTransport">What <see cref="DnsTransportMode.UdpThenTcp"/> uses first.</param>
    /// <param name="streamTransport">
    /// What is used where the first will not do, and always by <see cref="DnsTransportMode.TcpOnly"/>.
    /// </param>
    /// <param name="timeProvider">The clock of the deadline.</param>
    /// <param name="logger">Told of every look-up; never of what records hold.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid; the message holds all of <see cref="DnsResolverOptions.Validate"/>.
    /// </exception>
    public ConfiguredServersResolver(
        DnsResolverOptions options,
        IDnsTransport datagramTransport,
        IDnsTransport streamTransport,
        TimeProvider timeProvider,
        ILogger<ConfiguredServersResolver> logger)
        : this(options, datagramTransport, streamTransport, timeProvider, logger, static _ => null)
    {
    }

    private ConfiguredServersResolver(
        DnsResolverOptions options,
        IDnsTransport datagramTransport,
        IDnsTransport streamTransport,
        TimeProvider timeProvider,
        ILogger<ConfiguredServersResolver> logger,
        Func<DnsServerEndpoint, HttpMessageHandler?> keptHandlers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        var plan = LookupPlan.From(options, [], datagramTransport, streamTransport, timeProvider, new LookupObserver(logger));
        _configuredServers = [.. options.Servers.Select(DnsServerEndpoint.Parse)];
        _encrypted = new EncryptedTransports(timeProvider, options.GetTrustedRoots(), keptHandlers);
        _plan = plan with { Servers = _configuredServers, Encrypted = _encrypted };
        _systemServers = new SystemDnsServers(timeProvider);
        _failures = new FailureMemory(options.FailureRetention, timeProvider);
        ConfiguredLookups configured = new(_plan, () => Servers, _failures);
        _lookups = new SharedLookups(lookups => new ServersLookup(lookups, configured));
    }

    private ConfiguredServersResolver(
        DnsResolverOptions options,
        OwnTransports own,
        TimeProvider timeProvider,
        ILogger<ConfiguredServersResolver> logger,
        Func<DnsServerEndpoint, HttpMessageHandler?> keptHandlers)
        : this(options, own.Datagrams, own.Streams, timeProvider, logger, keptHandlers) => _own = own;

    /// <summary>Whom a look-up asks at this moment, in this order: at least one.</summary>
    public IReadOnlyList<DnsServerEndpoint> Servers => _configuredServers.Count > 0 ? _configuredServers : _systemServers.Get();

    /// <inheritdoc/>
    public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        cancellationToken.ThrowIfCancellationRequested();
        return _failures.Find(question) is { } failure
            ? ValueTask.FromResult(failure)
            : _lookups.RunAsync(question, cancellationToken);
    }

    /// <summary>As <see cref="ResolveAsync"/>, but asks one server and no other: to learn whether that one answers.</summary>
    /// <param name="server">Whom to ask; it need not be one of <see cref="Servers"/>.</param>
    /// <param name="question">The name, type and class.</param>
    /// <param name="cancellationToken">Ends the look-up at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DnsLookup> ResolveAtAsync(DnsServerEndpoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(question);
        FailureMemory none = new(TimeSpan.Zero, _plan.TimeProvider);
        IReadOnlyList<DnsServerEndpoint> servers = [server];
        return new ConfiguredLookups(_plan with { Servers = servers }, () => servers, none).AskAsync(question, cancellationToken);
    }

    /// <summary>Closes the sockets of the transports that the resolver made itself.</summary>
    public void Dispose()
    {
        _encrypted.Dispose();
        _own?.Dispose();
    }

    /// <summary>As <see cref="Dispose"/>, and waits until they are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _encrypted.DisposeAsync().ConfigureAwait(false);
        if (_own is not null)
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }
    }
}
