using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Testing;

/// <summary>
/// A web server on loopback for any number of hosts, over real sockets with and without TLS, that serves the files it was given, remembers
/// who asked for what, and does wrong what <see cref="Faults"/> order.
/// </summary>
/// <remarks>
/// Let the checks of the host under test end here with <c>RouteFileChecksToLoopbackForTesting(web.HttpPort, web.HttpsPort)</c>. A file is
/// served over http and https alike; what is not there is 404. What goes wrong inside is kept in <see cref="Failures"/> and thrown by
/// <see cref="DisposeAsync"/>, never lost.
/// </remarks>
public sealed class LoopbackWebServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Host, string Path), byte[]> _answers = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ReceivedLog<ReceivedRequest> _log = new();
    private readonly ServerTasks _tasks = new();
    private readonly WebFront _http;
    private readonly WebFront _https;
    private readonly X509Certificate2? _made;
    private int _disposed;

    private LoopbackWebServer(LoopbackWebServerOptions options)
    {
        _made = options.Certificate is null ? ServerCertificate.Make(options.CertificateNames) : null;
        Certificate = options.Certificate ?? _made!;
        var exchange = new WebExchange(FindAnswer, Faults, _log, options.TimeProvider);
        _http = new WebFront(options.HttpPort, null, exchange, _tasks);
        _https = new WebFront(options.HttpsPort, Certificate, exchange, _tasks);
        _tasks.TryStart(() => _http.RunAsync(_ending.Token));
        _tasks.TryStart(() => _https.RunAsync(_ending.Token));
    }

    /// <summary>The port of 127.0.0.1 that speaks http.</summary>
    public int HttpPort => _http.Port;

    /// <summary>The port of 127.0.0.1 that speaks https.</summary>
    public int HttpsPort => _https.Port;

    /// <summary>The certificate of the https port. One that the server made itself is its own authority.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What the server does wrong.</summary>
    public WebFaults Faults { get; } = new();

    /// <summary>The requests received so far, the oldest first: the last 10,000.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Snapshot();

    /// <summary>What went wrong inside the server, the oldest first. A client that goes away is no failure.</summary>
    public IReadOnlyList<Exception> Failures => _tasks.Failures;

    /// <summary>Starts a server; it answers when the method returns.</summary>
    /// <param name="options">Where it listens; null for free ports.</param>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static LoopbackWebServer Start(LoopbackWebServerOptions? options = null) => new(options ?? new LoopbackWebServerOptions());

    /// <summary>Serves a file as a customer's instructions say.</summary>
    /// <param name="file">The file of the instructions.</param>
    public LoopbackWebServer Put(ChallengeFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Put(file.Host, file.Path, file.Content);
    }

    /// <summary>Serves a file.</summary>
    /// <param name="host">The host, in ASCII.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="content">What the file holds.</param>
    public LoopbackWebServer Put(string host, string path, string content) => Answer(host, path, WebAnswer.Of(200, content));

    /// <summary>Redirects from a path.</summary>
    /// <param name="host">The host, in ASCII.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="target">What the Location header says.</param>
    /// <param name="status">The status.</param>
    public LoopbackWebServer Redirect(string host, string path, string target, int status = 302) =>
        Answer(host, path, WebAnswer.Of(status, string.Empty, ("Location", target)));

    /// <summary>Serves nothing any more at a path.</summary>
    /// <param name="host">The host, in ASCII.</param>
    /// <param name="path">The path with its query.</param>
    public LoopbackWebServer Remove(string host, string path)
    {
        _answers.TryRemove(Key(host, path), out _);
        return this;
    }

    /// <summary>Completes as soon as <see cref="Requests"/> has at least that many.</summary>
    /// <param name="count">From 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait; give it a real deadline, for the case that nobody asks.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForRequestsAsync(int count, CancellationToken cancellationToken) => _log.WaitAsync(count, cancellationToken);

    /// <summary>Closes the sockets and ends all that is under way.</summary>
    /// <exception cref="AggregateException">Something went wrong inside the server: <see cref="Failures"/>.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _tasks.DrainAsync().ConfigureAwait(false);
        _http.Dispose();
        _https.Dispose();
        _ending.Dispose();
        _made?.Dispose();
        if (Failures is { Count: > 0 } failures)
        {
            throw new AggregateException("The web server of this test failed.", failures);
        }
    }

    private static (string Host, string Path) Key(string host, string path)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(path);
        return (host.ToLower(CultureInfo.InvariantCulture), path);
    }

    private LoopbackWebServer Answer(string host, string path, byte[] octets)
    {
        _answers[Key(host, path)] = octets;
        return this;
    }

    private byte[] FindAnswer(ReceivedRequest request) =>
        _answers.TryGetValue(Key(request.Host, request.Path), out var octets) ? octets : WebAnswer.Of(404, "not here");
}
