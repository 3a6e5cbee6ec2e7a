using System.Globalization;
using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>In which way a look-up hears of the reply to its first sending.</summary>
public enum LookupWay
{
    /// <summary>As an exchange, whatever it is.</summary>
    Exchanges,

    /// <summary>As a text where it is nothing else.</summary>
    Texts,

    /// <summary>As a text too, and not before the sending has returned.</summary>
    LateTexts,
}

/// <summary>A resolver with two servers, who do what the first label of a name says.</summary>
internal sealed class LookupScript
{
    public static readonly string[] Kinds =
    [
        "answer", "authentic", "alias", "aliases", "authentic-alias", "dname", "half", "loop", "chain", "two-cnames", "nxdomain", "nodata",
        "nxdomain-data", "servfail", "servfail-first", "refused", "referral", "extended", "truncated", "truncated-always", "formerr",
        "formerr-always", "badcookie", "badcookie-twice", "badcookie-always", "case", "case-lost", "mismatched", "cookieless",
        "timeout", "timeout-first", "timeout-twice", "unreachable", "malformed", "slow", "throws", "new-cookie",
        "same-cookie", "throws-at-once", "formerr-timeout", "exhausting",
    ];

    /// <summary>Each kind after each.</summary>
    public static string[] Pairs => [.. Kinds.SelectMany(first => Kinds.SelectMany(second => new[] { first, second }))];

    // After so long nothing is held against a server that broke the case of a name.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(11);

    private readonly Dictionary<(DnsName, DnsServerEndpoint), int> _asked = [];
    private readonly ResolverBench _bench;
    private readonly ConfiguredServersResolver _resolver;
    private readonly TextTransport _transport;

    public LookupScript(LookupWay way = LookupWay.Exchanges)
    {
        _bench = new ResolverBench(
            (server, query) => Answer(server, query, isUdp: true),
            (server, query) => Answer(server, query, isUdp: false));
        _bench.Options.FailureRetention = TimeSpan.Zero;
        _bench.Options.TriesPerServer = 3;

        // A turn that one look-up does not give back, the next one waits for.
        _bench.Options.MaxInFlightPerServer = 1;
        _transport = new TextTransport(_bench.Udp, isLate: way == LookupWay.LateTexts);
        _bench.TextTransport = way == LookupWay.Exchanges ? null : _transport;
        _resolver = _bench.CreateResolver();
    }

    /// <summary>How many replies were a text alone.</summary>
    public int Texts => _transport.Texts;

    /// <summary>All that was sent, over UDP and then over TCP, with the lengths of the cookies.</summary>
    public string Sent => string.Join('\n', _bench.Udp.Sent.Concat(_bench.Tcp.Sent).Select(sent =>
        $"{sent.Server} {sent.Query.Question} {sent.Query.Flags} {sent.Timeout} {DnsCookie.Find(sent.Query.Edns)?.Data.Length}"));

    /// <summary>Looks a name of its own up; null where that threw.</summary>
    public DnsLookup? LookUp(string kind, int index)
    {
        // Under the context of a test, what waits would go on elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            DnsQuestion question = new(Numbered(kind, index), DnsRecordType.TXT);
            var lookup = _resolver.ResolveAsync(question, CancellationToken.None).AsTask();
            while (_transport.TryGoOn())
            {
                // A late reply lets the look-up go on to the next one.
            }

            Assert.True(lookup.IsCompleted);
            return lookup.GetAwaiter().GetResult();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _bench.Time.Advance(Pause);
        }
    }

    public static DnsName Numbered(string kind, int index) =>
        DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{kind}.{index}.example.com"));

    /// <summary>All that a look-up says of itself.</summary>
    public static string Tell(DnsLookup? lookup) => lookup is null
        ? "threw"
        : string.Join(
            '\n',
            [
                $"{lookup.Status} {lookup.Question} {lookup.CanonicalName} {lookup.AuthenticData}",
                $"{lookup.Detail} {lookup.NegativeTtl} {lookup.RetryAfter} {lookup.IsRemembered} {lookup.Source} {lookup.Zone}",
                .. lookup.Records.Select(record => $"record {record.Name} {record.Type} {record.Class} {record.TimeToLive} {TextOf(record)}"),
                .. lookup.Aliases.Select(alias => $"alias {alias.Name} {alias.Target} {alias.Source.Type}"),
                .. lookup.Attempts.Select(attempt => $"attempt {attempt}"),
            ]);

    private static string? TextOf(DnsRecord record) => (record as DnsTxtRecord)?.Text;

    private static byte[] CookieOf(DnsQuery query) => DnsCookie.Find(query.Edns)!.Data.ToArray();

    private DnsExchange Answer(DnsServerEndpoint server, DnsQuery query, bool isUdp)
    {
        var name = query.Question.Name.ToString();
        var labels = name.Split('.', 2);
        var times = _asked[(query.Question.Name, server)] = _asked.GetValueOrDefault((query.Question.Name, server)) + 1;
        var isFirst = server.Equals(First);
        var hasEdns = query.Edns is not null;
        var good = Answered(DnsResponseCode.NoError, Text(name, name));
        return labels[0] switch
        {
            "authentic" or "authentic-end" => Authentic(Text(name)),
            "alias" => Alias(name, "answer"),
            "aliases" => Alias(name, "alias"),
            "authentic-alias" => Authentic(Cname(name, $"{(labels[1][0] % 2 == 0 ? "authentic-end" : "answer")}.{labels[1]}")),
            "dname" => Answered(DnsResponseCode.NoError, Dname(labels[1], "example.net"), Text($"dname.example.net")),
            "half" => Answered(Negative(DnsResponseCode.NoError, Soa("example.net"), Cname(name, "gone.example.net"))),
            "loop" => Answered(DnsResponseCode.NoError, Cname(name, $"b.{name}"), Cname($"b.{name}", name)),
            "chain" or "c" => Answered(DnsResponseCode.NoError, Cname(name, $"c.{name}")),
            "two-cnames" => Answered(DnsResponseCode.NoError, Cname(name, "a.example.net"), Cname(name, "b.example.net")),
            "nxdomain" => Answered(Negative(DnsResponseCode.NxDomain, Soa("example.com"))),
            "nodata" => Answered(Negative(DnsResponseCode.NoError, Soa("example.com", minimum: 7))),
            "nxdomain-data" => Answered(DnsResponseCode.NxDomain, Text(name)),
            "servfail" => Answered(DnsResponseCode.ServerFailure),
            "servfail-first" => isFirst ? Answered(DnsResponseCode.ServerFailure) : good,
            "refused" => Answered(DnsResponseCode.Refused),
            "referral" => Answered(new DnsMessage
            {
                Flags = DnsHeaderFlags.Response,
                Authorities = [new DnsNsRecord(DnsName.Parse("example.com"), TimeSpan.FromHours(1), DnsName.Parse("ns.example.com"))],
            }),
            "extended" => Answered(new DnsMessage
            {
                ResponseCode = DnsResponseCode.ServerFailure,
                Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.ExtendedError, new byte[] { 0, 6 })] },
            }),
            "truncated" => isUdp ? Failed(DnsExchangeOutcome.Truncated) : good,
            "truncated-always" => Failed(isUdp ? DnsExchangeOutcome.Truncated : DnsExchangeOutcome.Unreachable),
            "formerr" => hasEdns ? Answered(DnsResponseCode.FormatError) : good,
            "formerr-always" => Answered(DnsResponseCode.FormatError),
            "badcookie" => times == 1 ? Answered(DnsResponseCode.BadCookie) : good,
            "badcookie-twice" => times <= 2 ? Answered(DnsResponseCode.BadCookie) : good,
            "badcookie-always" => Answered(DnsResponseCode.BadCookie),
            "case" => isUdp ? Failed(DnsExchangeOutcome.CaseMismatched) : good,
            "case-lost" => Failed(isUdp ? DnsExchangeOutcome.CaseMismatched : DnsExchangeOutcome.Unreachable),
            "mismatched" => isUdp ? Failed(DnsExchangeOutcome.Mismatched) with { IgnoredPackets = 9 } : good,
            "cookieless" => isUdp ? Failed(DnsExchangeOutcome.CookieMissing) : good,
            "timeout" => Failed(DnsExchangeOutcome.TimedOut),
            "timeout-first" => isFirst ? Failed(DnsExchangeOutcome.TimedOut) : good,
            "timeout-twice" => times <= 2 || !isFirst ? Failed(DnsExchangeOutcome.TimedOut) : good,
            "unreachable" => Failed(DnsExchangeOutcome.Unreachable) with { Detail = "connection_refused" },
            "malformed" => Failed(DnsExchangeOutcome.Malformed),
            "slow" => Slow(),
            "throws-at-once" => throw new InvalidOperationException(),
            "formerr-timeout" => hasEdns ? Answered(DnsResponseCode.FormatError) : Failed(DnsExchangeOutcome.TimedOut),

            // The longest way to each alias, so that the sendings are spent before the aliases are.
            "exhausting" => isUdp ? Answered(DnsResponseCode.BadCookie)
                : times < 5 ? Failed(DnsExchangeOutcome.TimedOut)
                : Answered(DnsResponseCode.NoError, Cname(name, $"exhausting.{labels[1]}.x")),
            "new-cookie" => WithCookie([.. CookieOf(query)[..DnsCookie.ClientLength], 1, 2, 3, 4, 5, 6, 7, 8]),
            "same-cookie" => WithCookie(CookieOf(query)),
            "throws" => times == 1 && isFirst ? Failed(DnsExchangeOutcome.CaseMismatched) : throw new InvalidOperationException(),
            _ => good,
        };

        DnsExchange WithCookie(byte[] cookie) => Answered(new DnsMessage
        {
            Flags = DnsHeaderFlags.Response,
            Answers = [Text(name, name)],
            Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, cookie)] },
        });

        DnsExchange Alias(string owner, string to) => Answered(DnsResponseCode.NoError, Cname(owner, $"{to}.{labels[1]}"));
    }

    private static DnsExchange Authentic(params DnsRecord[] answers) =>
        Answered(new DnsMessage { Flags = DnsHeaderFlags.Response | DnsHeaderFlags.AuthenticData, Answers = answers });

    private DnsExchange Slow()
    {
        _bench.Time.Advance(_bench.Options.Deadline / 2);
        return Failed(DnsExchangeOutcome.TimedOut);
    }
}
