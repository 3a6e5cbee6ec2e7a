using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

// A trace that is listened to changes the way of all look-ups of that moment.
[Collection(nameof(DnsDiagnosticsTests))]
public sealed class DnsDiagnosticsTests
{
    private const string Secret = "a-secret-token";

    [Fact]
    public async Task Logs_TellOutcomesButNeverWhatRecordsHold()
    {
        RecordingLogger<ConfiguredServersResolver> logger = new();
        ResolverBench bench = new((_, _) => Failed(DnsExchangeOutcome.Truncated), (_, _) => AnsweredWithSecret());

        await bench.CreateResolver(logger).ResolveAsync(Question, CancellationToken.None);

        Assert.Equal([3001, 3000], logger.Entries.Select(entry => entry.Id));
        Assert.Contains("Truncated", logger.Entries[0].Text, StringComparison.Ordinal);
        Assert.Contains("Answered", logger.Entries[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logger.Entries, entry => entry.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_ForgedPackets_AreAWarning()
    {
        RecordingLogger<ConfiguredServersResolver> logger = new();
        ResolverBench bench = new(
            (_, _) => Failed(DnsExchangeOutcome.Mismatched) with { IgnoredPackets = 9 },
            (_, _) => AnsweredWithSecret());

        await bench.CreateResolver(logger).ResolveAsync(Question, CancellationToken.None);

        Assert.Contains(logger.Entries, entry => entry is { Id: 3002, Level: LogLevel.Warning });
    }

    [Fact]
    public async Task Activity_TellsQuestionAndStatusButNeverWhatRecordsHold()
    {
        // Other tests look up at the same time; this name is only looked up here.
        DnsQuestion question = new(DnsName.Parse("activity.example.com"), DnsRecordType.TXT);
        List<Activity> activities = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == DnsDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await new ResolverBench((_, _) => Answered(DnsResponseCode.NoError, Text("activity.example.com", Secret))).RunAsync(question);

        lock (activities)
        {
            var activity = Assert.Single(
                activities,
                candidate => Equals(candidate.GetTagItem("dns.question.name"), "activity.example.com"));
            Assert.Equal("dns.lookup", activity.OperationName);
            Assert.Equal("TXT", activity.GetTagItem("dns.question.type"));
            Assert.Equal("Answered", activity.GetTagItem("dns.status"));
            Assert.DoesNotContain(activity.TagObjects, tag => $"{tag.Value}".Contains(Secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Metrics_CountQueriesAndIgnoredPacketsAndMeasureLookups()
    {
        List<string> instruments = [];
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
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => Add(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name));
        listener.Start();

        var exchange = AnsweredWithSecret() with { IgnoredPackets = 1 };
        await new ResolverBench((_, _) => exchange).RunAsync();

        lock (instruments)
        {
            Assert.Contains("domainverification.dns.queries", instruments);
            Assert.Contains("domainverification.dns.ignored_packets", instruments);
            Assert.Contains("domainverification.dns.lookup.duration", instruments);
        }

        void Add(string name)
        {
            lock (instruments)
            {
                instruments.Add(name);
            }
        }
    }

    private static DnsExchange AnsweredWithSecret() => Answered(DnsResponseCode.NoError, Text(Name.ToString(), Secret));
}
