using System.Text;

namespace DomainVerification.Testing;

/// <summary>
/// Something that a <see cref="LoopbackWebServer"/> does wrong on order: what (a factory such as <see cref="Status"/>), to which requests
/// (<see cref="For"/>, <see cref="At"/>), and how often (<see cref="Times"/>). Immutable: each of these answers a new fault.
/// </summary>
public sealed record WebFault
{
    private WebFault(Func<byte[], IEnumerable<byte[]>> sends) => Sends = sends;

    /// <summary>What is sent instead of the right answer, piece by piece.</summary>
    internal Func<byte[], IEnumerable<byte[]>> Sends { get; }

    internal WebFaultManner Manner { get; private init; }

    internal WebFaultEnd End { get; private init; }

    internal (TimeSpan Every, TimeProvider Clock)? Pause { get; private init; }

    internal int? Limit { get; private init; }

    private string? Host { get; init; }

    private string? Path { get; init; }

    /// <summary>An answer with this status and nothing of use in it.</summary>
    /// <param name="status">The status.</param>
    public static WebFault Status(int status) => Answer(status, "something else");

    /// <summary>A whole answer of the test's own.</summary>
    /// <param name="status">The status.</param>
    /// <param name="content">The body.</param>
    /// <param name="headers">Headers besides Content-Length.</param>
    public static WebFault Answer(int status, string content, params (string Name, string Value)[] headers) =>
        new(_ => [WebAnswer.Of(status, content, headers)]);

    /// <summary>These octets, whatever they are, and then the end of the connection.</summary>
    /// <param name="octets">What to send.</param>
    public static WebFault Octets(byte[] octets)
    {
        ArgumentNullException.ThrowIfNull(octets);
        return new(_ => [octets]);
    }

    /// <summary>Whatever the test makes of the octets of the right answer.</summary>
    /// <param name="rewrite">Gets the right answer, gives what to send.</param>
    public static WebFault OfOctets(Func<byte[], byte[]> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return new(right => [rewrite(right)]);
    }

    /// <summary>The connection is taken, the request read, and nothing is ever sent.</summary>
    public static WebFault Stall() => new(_ => []) { End = WebFaultEnd.Hold };

    /// <summary>The right answer without its last octet, and nothing after that, with the connection kept open.</summary>
    public static WebFault StallInBody() => new(right => [right[..^1]]) { End = WebFaultEnd.Hold };

    /// <summary>The right answer one octet at a time, with a pause after each.</summary>
    /// <param name="every">The pause.</param>
    /// <param name="timeProvider">The clock that measures it.</param>
    public static WebFault Trickle(TimeSpan every, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new(right => right.Select(octet => new[] { octet })) { Pause = (every, timeProvider) };
    }

    /// <summary>Headers without end.</summary>
    public static WebFault EndlessHeaders() => new(_ => Endless("HTTP/1.1 200 OK\r\n", $"X-Filler: {new string('h', 1000)}\r\n"));

    /// <summary>A body without end.</summary>
    public static WebFault EndlessBody() => new(_ => Endless("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", new string('b', 1000)));

    /// <summary>The connection ends instead of an answer.</summary>
    public static WebFault Close() => new(_ => []);

    /// <summary>The connection ends in the middle of the answer.</summary>
    public static WebFault CloseHalfway() => new(right => [right[..(right.Length - 1)]]);

    /// <summary>The connection is reset instead of an answer.</summary>
    public static WebFault Reset() => new(_ => []) { End = WebFaultEnd.Reset };

    /// <summary>The https port speaks http. Hosts and paths do not matter to it.</summary>
    public static WebFault NoTls() => new(_ => []) { Manner = WebFaultManner.NoTls };

    /// <summary>Only for requests to this host.</summary>
    /// <param name="host">The host, in ASCII.</param>
    public WebFault For(string host) => this with { Host = host };

    /// <summary>Only for requests of this path.</summary>
    /// <param name="path">The path with its query.</param>
    public WebFault At(string path) => this with { Path = path };

    /// <summary>Once, and then no more.</summary>
    public WebFault Once() => Times(1);

    /// <summary>So many times, and then no more.</summary>
    /// <param name="count">At least 1.</param>
    public WebFault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return this with { Limit = count };
    }

    internal bool Matches(ReceivedRequest request) =>
        (Host is null || string.Equals(Host, request.Host, StringComparison.OrdinalIgnoreCase))
        && (Path is null || string.Equals(Path, request.Path, StringComparison.Ordinal));

    private static IEnumerable<byte[]> Endless(string first, string then)
    {
        yield return Encoding.ASCII.GetBytes(first);
        var filler = Encoding.ASCII.GetBytes(then);
        while (true)
        {
            yield return filler;
        }
    }
}
