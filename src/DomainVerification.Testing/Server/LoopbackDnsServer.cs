using System.Net;

namespace DomainVerification.Testing;

/// <summary>
/// A DNS server on loopback, over real UDP and TCP sockets at one port, that answers from a <see cref="DnsWorld"/>, remembers who asked
/// what, and does wrong what <see cref="Faults"/> order. No internet, no container, no privileges.
/// </summary>
/// <remarks>
/// It knows EDNS and sets TC where an answer passes the size that the query allows. What goes wrong inside, such as an exception of a
/// test's own rewriting, is kept in <see cref="Failures"/> and thrown by <see cref="DisposeAsync"/>, never lost.
/// </remarks>
public sealed class LoopbackDnsServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly ReceivedLog<ReceivedQuery> _log = new();
    private readonly ServerTasks _tasks = new();
    private readonly LoopbackSockets _sockets;
    private int _disposed;

    private LoopbackDnsServer(DnsWorld world, LoopbackDnsServerOptions options)
    {
        World = world;
        _sockets = LoopbackSockets.Bind(options.Address, options.Port);
        var handler = new QueryHandler(world, Faults, _log, options.TimeProvider);
        var udp = new UdpFront(_sockets.Udp, handler, _tasks);
        var tcp = new TcpFront(_sockets.Tcp, handler, Faults, _tasks);
        _tasks.TryStart(() => udp.RunAsync(_ending.Token));
        _tasks.TryStart(() => tcp.RunAsync(_ending.Token));
    }

    /// <summary>What the server answers from; edits show at the next query.</summary>
    public DnsWorld World { get; }

    /// <summary>The address and the port, the same for UDP and TCP.</summary>
    public IPEndPoint Endpoint => _sockets.Endpoint;

    /// <summary>What the server does wrong.</summary>
    public DnsFaults Faults { get; } = new();

    /// <summary>The queries received so far, the oldest first: the last 10,000 since <see cref="ClearQueries"/>.</summary>
    public IReadOnlyList<ReceivedQuery> Queries => _log.Snapshot();

    /// <summary>What went wrong inside the server, the oldest first. A client that goes away is no failure.</summary>
    public IReadOnlyList<Exception> Failures => _tasks.Failures;

    /// <summary>Starts a server; it answers when the method returns.</summary>
    /// <param name="world">What it answers from.</param>
    /// <param name="options">Where it listens; null for a free port of 127.0.0.1.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken, or the machine does not have the address.</exception>
    public static LoopbackDnsServer Start(DnsWorld world, LoopbackDnsServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new LoopbackDnsServer(world, options ?? new LoopbackDnsServerOptions());
    }

    /// <summary>Forgets the queries received so far.</summary>
    public void ClearQueries() => _log.Clear();

    /// <summary>Completes as soon as <see cref="Queries"/> has at least that many.</summary>
    /// <param name="count">From 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait; give it a real deadline, for the case that nobody asks.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForQueriesAsync(int count, CancellationToken cancellationToken) => _log.WaitAsync(count, cancellationToken);

    /// <summary>Closes the sockets and ends all that is under way, answers that wait included.</summary>
    /// <exception cref="AggregateException">Something went wrong inside the server: <see cref="Failures"/>.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _tasks.DrainAsync().ConfigureAwait(false);
        _sockets.Dispose();
        _ending.Dispose();
        if (Failures is { Count: > 0 } failures)
        {
            throw new AggregateException("The DNS server of this test failed.", failures);
        }
    }
}
