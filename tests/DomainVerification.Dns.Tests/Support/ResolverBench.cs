using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>A resolver over scripted transports, and short ways to write scripts.</summary>
internal sealed class ResolverBench
{
    public static readonly DnsServerEndpoint First = DnsServerEndpoint.Parse("192.0.2.1");
    public static readonly DnsServerEndpoint Second = DnsServerEndpoint.Parse("192.0.2.2");
    public static readonly DnsName Name = DnsName.Parse("_acme-challenge.example.com");
    public static readonly DnsQuestion Question = new(Name, DnsRecordType.TXT);

    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    private readonly Func<DnsServerEndpoint, DnsQuery, DnsExchange> _overUdp;
    private readonly Func<DnsServerEndpoint, DnsQuery, DnsExchange> _overTcp;

    public ResolverBench(
        Func<DnsServerEndpoint, DnsQuery, DnsExchange> overUdp,
        Func<DnsServerEndpoint, DnsQuery, DnsExchange>? overTcp = null)
    {
        _overUdp = overUdp;
        _overTcp = overTcp ?? ((_, _) => throw new InvalidOperationException("TCP was not expected."));
        Udp = new ScriptedTransport(DnsTransportKind.Udp, (server, query) => _overUdp(server, query));
        Tcp = new ScriptedTransport(DnsTransportKind.Tcp, (server, query) => _overTcp(server, query));
        Options.Servers.Add(First.ToString());
        Options.Servers.Add(Second.ToString());
    }

    public DnsResolverOptions Options { get; } = new();

    public ScriptedTransport Udp { get; }

    public ScriptedTransport Tcp { get; }

    /// <summary>What goes before <see cref="Udp"/> where texts are taken; null where none are.</summary>
    public TextTransport? TextTransport { get; set; }

    public Testing.ManualTimeProvider Time { get; } = new();

    public static DnsMessage Message(DnsResponseCode code, params DnsRecord[] answers) => new()
    {
        Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable,
        ResponseCode = code,
        Questions = [Question],
        Answers = answers,
    };

    public static DnsMessage Negative(DnsResponseCode code, DnsSoaRecord? soa, params DnsRecord[] answers) => new()
    {
        Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable,
        ResponseCode = code,
        Answers = answers,
        Authorities = soa is null ? [] : [soa],
    };

    public static DnsExchange Answered(DnsMessage message) =>
        new(DnsExchangeOutcome.Answered, TimeSpan.FromMilliseconds(1)) { Response = message };

    public static DnsExchange Answered(DnsResponseCode code, params DnsRecord[] answers) => Answered(Message(code, answers));

    public static DnsExchange Failed(DnsExchangeOutcome outcome) => new(outcome, TimeSpan.FromMilliseconds(1));

    public static DnsTxtRecord Text(string owner, string text = Answers.Token) => new(DnsName.Parse(owner), OneHour, text);

    public static DnsCnameRecord Cname(string owner, string target) => new(DnsName.Parse(owner), OneHour, DnsName.Parse(target));

    public static DnsDnameRecord Dname(string owner, string target) => new(DnsName.Parse(owner), OneHour, DnsName.Parse(target));

    public static DnsSoaRecord Soa(string owner, int timeToLive = 3600, uint minimum = 60) =>
        new(DnsName.Parse(owner), TimeSpan.FromSeconds(timeToLive), DnsName.Root, DnsName.Root) { Minimum = minimum };

    /// <summary>Looks a question up in one answer section.</summary>
    public static Task<DnsLookup> LookUpAsync(DnsQuestion question, params DnsRecord[] answers) =>
        new ResolverBench((_, _) => Answered(DnsResponseCode.NoError, answers)).RunAsync(question);

    public ConfiguredServersResolver CreateResolver(ILogger<ConfiguredServersResolver>? logger = null) =>
        new(Options, TextTransport ?? (IDnsTransport)Udp, Tcp, Time, logger ?? NullLogger<ConfiguredServersResolver>.Instance);

    public Task<DnsLookup> RunAsync(DnsQuestion? question = null, CancellationToken cancellationToken = default) =>
        CreateResolver().ResolveAsync(question ?? Question, cancellationToken).AsTask();
}
