using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>Look-ups one after the other, which use the same objects, end as if each were the first of its resolver.</summary>
public sealed class LookupSequenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // After so long nothing is held against a server that broke the case of a name.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(11);

    private static readonly string[] Kinds =
    [
        "answer", "authentic", "alias", "aliases", "authentic-alias", "dname", "half", "loop", "chain", "two-cnames", "nxdomain", "nodata",
        "nxdomain-data", "servfail", "servfail-first", "refused", "referral", "extended", "truncated", "truncated-always", "formerr",
        "formerr-always", "badcookie", "badcookie-twice", "badcookie-always", "case", "case-lost", "mismatched", "cookieless",
        "timeout", "timeout-first", "timeout-twice", "unreachable", "malformed", "slow", "throws",
    ];

    [Fact]
    public void EachAfterEach_EndsAsAlone()
    {
        List<string> pairs = [.. Kinds.SelectMany(first => Kinds.SelectMany(second => new[] { first, second }))];
        EndAsAlone([.. pairs]);
    }

    [Fact]
    public void AnySequence_EndsAsAlone() =>
        Prop.ForAll(Gen.Elements(Kinds).ArrayOf().ToArbitrary(), kinds => EndAsAlone(kinds)).QuickCheckThrowOnFailure();

    [Fact]
    public async Task AtTheSameTime_EachHasItsOwnObjects()
    {
        HeldTransport transport = new();
        DnsResolverOptions options = new() { Servers = { First.ToString() } };
        Testing.ManualTimeProvider time = new();
        using ConfiguredServersResolver resolver = new(options, transport, transport, time, NullLogger<ConfiguredServersResolver>.Instance);
        for (var wave = 0; wave < 4; wave++)
        {
            var names = Enumerable.Range(0, 2 << wave).Select(index => Numbered("answer", index));
            var questions = names.Select(name => new DnsQuestion(name, DnsRecordType.TXT)).ToList();
            var lookups = questions.Select(question => resolver.ResolveAsync(question, CancellationToken.None).AsTask()).ToList();

            transport.AnswerAll();

            var ended = await Task.WhenAll(lookups).WaitAsync(Patience);
            Assert.Equal(questions, ended.Select(lookup => lookup.Question));
            Assert.Equal(questions, ended.Select(lookup => Assert.Single(lookup.Attempts).Question));
            Assert.Equal(questions.Select(question => question.Name), ended.Select(lookup => Assert.Single(lookup.Records).Name));
        }
    }

    /// <summary>The kinds are what their names say: a sequence in which all look-ups end in one way would tell little.</summary>
    [Theory]
    [InlineData("answer", DnsLookupStatus.Answered, 1)]
    [InlineData("aliases", DnsLookupStatus.Answered, 3)]
    [InlineData("loop", DnsLookupStatus.AliasLoop, 1)]
    [InlineData("chain", DnsLookupStatus.AliasChainTooLong, 9)]
    [InlineData("servfail-first", DnsLookupStatus.Answered, 2)]
    [InlineData("truncated", DnsLookupStatus.Answered, 2)]
    [InlineData("formerr", DnsLookupStatus.Answered, 2)]
    [InlineData("badcookie-twice", DnsLookupStatus.Answered, 3)]
    [InlineData("case", DnsLookupStatus.Answered, 2)]
    [InlineData("timeout", DnsLookupStatus.TimedOut, 6)]
    [InlineData("timeout-twice", DnsLookupStatus.Answered, 5)]
    [InlineData("slow", DnsLookupStatus.TimedOut, 2)]
    public void Kind_IsWhatItSays(string kind, DnsLookupStatus status, int attempts)
    {
        var lookup = new Script().LookUp(kind, 0)!;

        Assert.Equal((status, attempts), (lookup.Status, lookup.Attempts.Count));
    }

    private static void EndAsAlone(string[] kinds)
    {
        Script sequence = new();
        List<(DnsLookup? Lookup, string Told)> told = [];
        for (var i = 0; i < kinds.Length; i++)
        {
            var lookup = sequence.LookUp(kinds[i], i);
            told.Add((lookup, Tell(lookup)));
            Assert.Equal(Tell(new Script().LookUp(kinds[i], i)), Tell(lookup));
        }

        // What was given away stays as it was.
        Assert.All(told, then => Assert.Equal(then.Told, Tell(then.Lookup)));
    }

    private static DnsName Numbered(string kind, int index) =>
        DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{kind}.{index}.example.com"));

    private static string Tell(DnsLookup? lookup) => lookup is null
        ? "threw"
        : string.Join(
            '\n',
            [
                $"{lookup.Status} {lookup.Question} {lookup.CanonicalName} {lookup.AuthenticData}",
                $"{lookup.Detail} {lookup.NegativeTtl} {lookup.RetryAfter} {lookup.IsRemembered}",
                .. lookup.Records.Select(record => $"record {record.Name} {record.Type} {(record as DnsTxtRecord)?.Text}"),
                .. lookup.Aliases.Select(alias => $"alias {alias.Name} {alias.Target} {alias.Source.Type}"),
                .. lookup.Attempts.Select(attempt => $"attempt {attempt}"),
            ]);

    /// <summary>Answers all that it was asked when the test says so, the last first.</summary>
    private sealed class HeldTransport : IDnsTransport
    {
        private readonly Stack<(DnsName Name, TaskCompletionSource<DnsExchange> Exchange)> _held = new();

        public DnsTransportKind Kind => DnsTransportKind.Udp;

        public ValueTask<DnsExchange> ExchangeAsync(
            DnsServerEndpoint server,
            DnsQuery query,
            TimeSpan timeout,
            CancellationToken cancellationToken)
        {
            TaskCompletionSource<DnsExchange> exchange = new();
            _held.Push((query.Question.Name, exchange));
            return new ValueTask<DnsExchange>(exchange.Task.WaitAsync(cancellationToken));
        }

        public void AnswerAll()
        {
            while (_held.TryPop(out var held))
            {
                held.Exchange.SetResult(Answered(DnsResponseCode.NoError, Text(held.Name.ToString())));
            }
        }
    }

    /// <summary>A resolver with two servers, who do what the first label of a name says.</summary>
    private sealed class Script
    {
        private readonly Dictionary<(DnsName, DnsServerEndpoint), int> _asked = [];
        private readonly ResolverBench _bench;
        private readonly ConfiguredServersResolver _resolver;

        public Script()
        {
            _bench = new ResolverBench(
                (server, query) => Answer(server, query, isUdp: true),
                (server, query) => Answer(server, query, isUdp: false));
            _bench.Options.FailureRetention = TimeSpan.Zero;
            _bench.Options.TriesPerServer = 3;
            _resolver = _bench.CreateResolver();
        }

        /// <summary>Looks a name of its own up; null where that threw.</summary>
        public DnsLookup? LookUp(string kind, int index)
        {
            try
            {
                DnsQuestion question = new(Numbered(kind, index), DnsRecordType.TXT);
                var lookup = _resolver.ResolveAsync(question, CancellationToken.None).AsTask();
                Assert.True(lookup.IsCompleted);
                return lookup.GetAwaiter().GetResult();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
            finally
            {
                _bench.Time.Advance(Pause);
            }
        }

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
                "throws" => times == 1 && isFirst ? Failed(DnsExchangeOutcome.CaseMismatched) : throw new InvalidOperationException(),
                _ => good,
            };

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
}
