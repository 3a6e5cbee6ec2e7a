using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>Look-ups one after the other, which use the same objects, end as if each were the first of its resolver.</summary>
public sealed class LookupSequenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(LookupWay.Exchanges)]
    [InlineData(LookupWay.Texts)]
    [InlineData(LookupWay.LateTexts)]
    public void EachAfterEach_EndsAsAlone(LookupWay way) => EndAsAlone(LookupScript.Pairs, way);

    [Theory]
    [InlineData(LookupWay.Exchanges)]
    [InlineData(LookupWay.Texts)]
    [InlineData(LookupWay.LateTexts)]
    public void AnySequence_EndsAsAlone(LookupWay way) =>
        Prop.ForAll(Gen.Elements(LookupScript.Kinds).ArrayOf().ToArbitrary(), kinds => EndAsAlone(kinds, way)).QuickCheckThrowOnFailure();

    [Fact]
    public async Task AtTheSameTime_EachHasItsOwnObjects()
    {
        HeldTransport transport = new();
        DnsResolverOptions options = new() { Servers = { First.ToString() } };
        Testing.ManualTimeProvider time = new();
        using ConfiguredServersResolver resolver = new(options, transport, transport, time, NullLogger<ConfiguredServersResolver>.Instance);
        for (var wave = 0; wave < 4; wave++)
        {
            var names = Enumerable.Range(0, 2 << wave).Select(index => LookupScript.Numbered("answer", index));
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
    [InlineData("formerr-timeout", DnsLookupStatus.TimedOut, 6)]
    [InlineData("exhausting", DnsLookupStatus.TimedOut, 60)]
    public void Kind_IsWhatItSays(string kind, DnsLookupStatus status, int attempts)
    {
        var lookup = new LookupScript().LookUp(kind, 0)!;

        Assert.Equal((status, attempts), (lookup.Status, lookup.Attempts.Count));
    }

    private static void EndAsAlone(string[] kinds, LookupWay way)
    {
        LookupScript sequence = new(way);
        List<(DnsLookup? Lookup, string Told)> told = [];
        for (var i = 0; i < kinds.Length; i++)
        {
            var lookup = sequence.LookUp(kinds[i], i);
            told.Add((lookup, LookupScript.Tell(lookup)));
            Assert.Equal(LookupScript.Tell(new LookupScript().LookUp(kinds[i], i)), LookupScript.Tell(lookup));
        }

        // What was given away stays as it was.
        Assert.All(told, then => Assert.Equal(then.Told, LookupScript.Tell(then.Lookup)));
    }

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
}
