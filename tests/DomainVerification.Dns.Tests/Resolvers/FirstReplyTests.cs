using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Dns.Tests;

/// <summary>The first reply of a look-up, which may be a text alone: all ends, and is told, as where it is an exchange.</summary>
[Collection(nameof(DnsDiagnosticsTests))]
public sealed class FirstReplyTests
{
    public static TheoryData<string, LookupWay> KindsAndWays()
    {
        TheoryData<string, LookupWay> data = [];
        foreach (var kind in LookupScript.Kinds)
        {
            data.Add(kind, LookupWay.Texts);
            data.Add(kind, LookupWay.LateTexts);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndWays))]
    public void EachKind_EndsAsWithExchanges(string kind, LookupWay way) => EndAlike(["answer", kind, "answer", kind], way);

    [Theory]
    [InlineData(LookupWay.Texts)]
    [InlineData(LookupWay.LateTexts)]
    public void EachAfterEach_EndsAsWithExchanges(LookupWay way) => EndAlike(LookupScript.Pairs, way);

    [Theory]
    [InlineData(LookupWay.Texts)]
    [InlineData(LookupWay.LateTexts)]
    public void AnySequence_EndsAsWithExchanges(LookupWay way) =>
        Prop.ForAll(Gen.Elements(LookupScript.Kinds).ArrayOf().ToArbitrary(), kinds => EndAlike(kinds, way)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("answer", 1)]
    [InlineData("authentic", 1)]
    [InlineData("alias", 0)]
    [InlineData("servfail-first", 0)]
    [InlineData("nxdomain-data", 0)]
    [InlineData("new-cookie", 0)]
    [InlineData("truncated", 0)]
    public void Kind_IsAnsweredByATextOrNot(string kind, int texts)
    {
        LookupScript script = new(LookupWay.Texts);
        script.LookUp(kind, 0);

        Assert.Equal(texts, script.Texts);
    }

    [Fact]
    public void Trace_IsTheCurrentOneWhileTheServerIsAsked_AndHasTheResult()
    {
        // Other tests look up at the same time; this name is only looked up here.
        const string Asked = "first-reply-trace.example.com";
        List<Activity> ended = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == DnsDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("dns.question.name"), Asked))
                {
                    ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        List<Activity?> current = [];
        var bench = Bench(_ => current.Add(Activity.Current));

        var lookup = LookUp(bench.CreateResolver(), Asked);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Same(Assert.Single(ended), Assert.Single(current));
        Assert.Equal(("Answered", 1), (ended[0].GetTagItem("dns.status"), ended[0].GetTagItem("dns.attempts")));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Metrics_CountTheQuery_AndMeasureTheLookup()
    {
        // Others look up at the same time, in other threads.
        var thread = Environment.CurrentManagedThreadId;
        List<string> told = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == DnsDiagnostics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        ResolverBench? bench = null;
        bench = Bench(_ => bench!.Time.Advance(TimeSpan.FromSeconds(1)));

        LookUp(bench.CreateResolver(), "first-reply-metrics.example.com");

        Assert.Equal(1, bench.TextTransport!.Texts);
        Assert.Equal(
            [
                "domainverification.dns.lookup.duration 1 status=Answered type=TXT",
                "domainverification.dns.queries 1 outcome=Answered transport=Udp",
            ],
            told.Order());

        void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                var texts = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order();
                told.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {string.Join(' ', texts)}"));
            }
        }
    }

    [Fact]
    public void Log_TellsTheLookup()
    {
        RecordingLogger<ConfiguredServersResolver> logger = new();
        var bench = Bench(_ => { });

        LookUp(bench.CreateResolver(logger), "first-reply-log.example.com");

        Assert.Equal(1, bench.TextTransport!.Texts);
        var (id, level, text) = Assert.Single(logger.Entries);
        Assert.Equal((3000, LogLevel.Debug), (id, level));
        Assert.Contains("ended as Answered", text, StringComparison.Ordinal);
        Assert.Contains("after 1 attempts", text, StringComparison.Ordinal);
    }

    /// <summary>What the look-up took counts from before its first sending, also where that one did not answer it.</summary>
    [Fact]
    public void Deadline_CountsFromTheFirstSending()
    {
        ResolverBench? bench = null;
        bench = new ResolverBench((_, _) =>
        {
            bench!.Time.Advance(bench.Options.Deadline - TimeSpan.FromSeconds(1));
            return ResolverBench.Failed(DnsExchangeOutcome.Unreachable);
        });
        bench.TextTransport = new TextTransport(bench.Udp);

        var lookup = LookUp(bench.CreateResolver(), "first-reply-deadline.example.com");

        Assert.Equal(2, lookup.Attempts.Count);
        Assert.Equal([bench.Options.TryTimeout, TimeSpan.FromSeconds(1)], bench.Udp.Sent.Select(sent => sent.Timeout));
    }

    private static ResolverBench Bench(Action<DnsQuery> onQuery)
    {
        ResolverBench bench = new((_, query) =>
        {
            onQuery(query);
            return ResolverBench.Answered(DnsResponseCode.NoError, ResolverBench.Text(query.Question.Name.ToString()));
        });
        bench.TextTransport = new TextTransport(bench.Udp);
        return bench;
    }

    private static DnsLookup LookUp(ConfiguredServersResolver resolver, string name)
    {
        var lookup = resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), DnsRecordType.TXT), CancellationToken.None);
        Assert.True(lookup.IsCompleted);
        return lookup.AsTask().GetAwaiter().GetResult();
    }

    private static void EndAlike(string[] kinds, LookupWay way)
    {
        LookupScript texts = new(way);
        LookupScript exchanges = new();
        for (var i = 0; i < kinds.Length; i++)
        {
            Assert.Equal(LookupScript.Tell(exchanges.LookUp(kinds[i], i)), LookupScript.Tell(texts.LookUp(kinds[i], i)));
        }

        Assert.Equal(exchanges.Sent, texts.Sent);
        Assert.Equal(0, exchanges.Texts);
        Assert.True(texts.Texts > 0 || kinds is not ["answer", ..]);
    }
}
