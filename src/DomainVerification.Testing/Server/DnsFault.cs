using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>
/// Something that a <see cref="LoopbackDnsServer"/> does wrong on order: what (a factory such as <see cref="WrongId"/>), to which queries
/// (<see cref="For"/>, <see cref="OfType"/>, <see cref="Over"/>), how often (<see cref="Times"/>), and what then
/// (<see cref="ThenAnswer"/>). Immutable: each of these answers a new fault.
/// </summary>
public sealed record DnsFault
{
    private DnsFault(Func<FaultExchange, IEnumerable<ServerSend>> sends) => Sends = sends;

    internal Func<FaultExchange, IEnumerable<ServerSend>> Sends { get; private init; }

    internal Func<CancellationToken, Task>? Wait { get; private init; }

    internal int? Limit { get; private init; }

    internal bool RefusesConnections { get; private init; }

    private DnsName? Name { get; init; }

    private DnsRecordType? Type { get; init; }

    private LoopbackTransport? Transport { get; init; }

    private bool OnlyWithEdns { get; init; }

    /// <summary>Nothing is sent.</summary>
    public static DnsFault Drop() => new(static _ => []);

    /// <summary>The right answer, after some time.</summary>
    /// <param name="by">How long to wait.</param>
    /// <param name="timeProvider">The clock that measures it; a <see cref="ManualTimeProvider"/> puts the test in charge.</param>
    public static DnsFault Delay(TimeSpan by, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return Right() with { Wait = token => Task.Delay(by, timeProvider, token) };
    }

    /// <summary>The right answer, once the test lets it go.</summary>
    /// <param name="release">The answer goes out when it completes.</param>
    public static DnsFault Hold(Task release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return Right() with { Wait = release.WaitAsync };
    }

    /// <summary>An empty answer that says "cut, ask over TCP". UDP only, unless <see cref="Over"/> says otherwise.</summary>
    public static DnsFault Truncate() => OfMessage(static (_, answer) => answer.Truncated()).Over(LoopbackTransport.Udp);

    /// <summary>The answer under another id than the query's.</summary>
    public static DnsFault WrongId() => OfMessage(static (_, answer) => answer.With(id: (ushort)(answer.Id ^ 0x5A5A)));

    /// <summary>The answer to a question that was not asked: the name in the question section is another one.</summary>
    public static DnsFault WrongQuestion() =>
        OfMessage(static (_, answer) => answer.With(questions: [answer.Question! with { Name = FaultData.WrongName }]));

    /// <summary>The question is repeated with the case of every letter changed, as a server does that breaks 0x20.</summary>
    public static DnsFault WrongCase() =>
        OfMessage(static (_, answer) => answer.With(questions: [FaultData.FlipCase(answer.Question!)]));

    /// <summary>The records of the answer belong to another name than the one asked for.</summary>
    public static DnsFault WrongOwner() =>
        OfMessage(static (_, answer) => answer.With(answers: [.. answer.Answers.Select(r => r.OwnedBy(FaultData.WrongName))]));

    /// <summary>The right answer, sent from another port than the one asked. UDP only.</summary>
    public static DnsFault OtherSourcePort() =>
        OfAnswer(SendManner.FromOtherPort).Over(LoopbackTransport.Udp);

    /// <summary>An answer with nothing but a response code.</summary>
    /// <param name="code">The code; from 16 on only to queries with EDNS.</param>
    public static DnsFault Code(DnsResponseCode code)
    {
        var fault = OfMessage((query, _) => ZoneLookup.Refuse(query, code));
        return (ushort)code > 0xF ? fault with { OnlyWithEdns = true } : fault;
    }

    /// <summary>The server could not find out: <see cref="DnsResponseCode.ServerFailure"/>.</summary>
    public static DnsFault ServFail() => Code(DnsResponseCode.ServerFailure);

    /// <summary>The server does not want to answer: <see cref="DnsResponseCode.Refused"/>.</summary>
    public static DnsFault Refused() => Code(DnsResponseCode.Refused);

    /// <summary>A server that does not know EDNS: an answer of <see cref="DnsResponseCode.FormatError"/> to queries that have it.</summary>
    public static DnsFault FormErrToEdns() =>
        OfMessage(static (query, _) => ZoneLookup.Refuse(query, DnsResponseCode.FormatError).WithoutEdns()) with { OnlyWithEdns = true };

    /// <summary>Octets that start with the query's id and are no DNS message.</summary>
    public static DnsFault Garbage() => OfOctets(static octets => [.. octets.AsSpan(0, 2), .. FaultData.Garbage]);

    /// <summary>The right answer without its last octet: id and question are as they should be, what follows cannot be read.</summary>
    public static DnsFault Malformed() => OfOctets(static octets => octets[..^1]);

    /// <summary>The right answer with as much TXT filler as the transport carries, nearly 64 KiB, whatever size the query allows.</summary>
    public static DnsFault Huge() =>
        new(static exchange => [new ServerSend(FaultData.Fill(exchange.Answer, exchange.Transport), SendManner.Normal)]);

    /// <summary>The right answer, twice.</summary>
    public static DnsFault Duplicate() => Right().ThenAnswer();

    /// <summary>The connection is closed in the middle of the answer. TCP only.</summary>
    public static DnsFault CloseHalfway() =>
        OfAnswer(SendManner.HalfThenClose).Over(LoopbackTransport.Tcp);

    /// <summary>The connection is closed instead of an answer. TCP only.</summary>
    public static DnsFault Close() =>
        new DnsFault(static _ => [new ServerSend([], SendManner.Close)]).Over(LoopbackTransport.Tcp);

    /// <summary>
    /// Connections are reset as soon as they are made, before any query: a server without TCP. Names and types do not matter to it.
    /// </summary>
    public static DnsFault NoTcp() => Drop().Over(LoopbackTransport.Tcp) with { RefusesConnections = true };

    /// <summary>Whatever the test makes of query and right answer.</summary>
    /// <param name="rewrite">Gets query and right answer, gives the message to send. What it throws is the server's failure.</param>
    public static DnsFault OfMessage(Func<DnsMessage, DnsMessage, DnsMessage> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return new(exchange => [new ServerSend(exchange.Encode(rewrite(exchange.Query, exchange.Answer)), SendManner.Normal)]);
    }

    /// <summary>Whatever the test makes of the octets of the right answer.</summary>
    /// <param name="rewrite">Gets the octets of the right answer, gives those to send. What it throws is the server's failure.</param>
    public static DnsFault OfOctets(Func<byte[], byte[]> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return new(exchange => [new ServerSend(rewrite(exchange.Encode(exchange.Answer)), SendManner.Normal)]);
    }

    /// <summary>Only for questions about this name, the case of letters ignored.</summary>
    /// <param name="name">A full name.</param>
    public DnsFault For(string name) => this with { Name = DnsName.Parse(name) };

    /// <summary>Only for questions of this type.</summary>
    /// <param name="type">The type.</param>
    public DnsFault OfType(DnsRecordType type) => this with { Type = type };

    /// <summary>Only for queries that come this way.</summary>
    /// <param name="transport">UDP or TCP.</param>
    public DnsFault Over(LoopbackTransport transport) => this with { Transport = transport };

    /// <summary>Only that often; afterwards the fault is gone from <see cref="DnsFaults"/>.</summary>
    /// <param name="count">One or more.</param>
    public DnsFault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return this with { Limit = count };
    }

    /// <summary>Only for one query.</summary>
    public DnsFault Once() => Times(1);

    /// <summary>The right answer follows at once: an attacker's packet that comes before it, for example.</summary>
    public DnsFault ThenAnswer()
    {
        var first = Sends;
        return this with { Sends = exchange => first(exchange).Concat(Right().Sends(exchange)) };
    }

    internal bool Matches(DnsMessage query, LoopbackTransport transport) =>
        !RefusesConnections
        && (Name is null || Name == query.Question?.Name)
        && (Type is null || Type == query.Question?.Type)
        && (Transport is null || Transport == transport)
        && (!OnlyWithEdns || query.Edns is not null);

    private static DnsFault Right() => OfAnswer(SendManner.Normal);

    private static DnsFault OfAnswer(SendManner manner) => new(exchange => [new ServerSend(exchange.Encode(exchange.Answer), manner)]);
}
