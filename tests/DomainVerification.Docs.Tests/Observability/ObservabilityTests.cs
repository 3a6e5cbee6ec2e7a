using System.Diagnostics.Metrics;
using System.Reflection;
using DomainVerification.AspNetCore;
using DomainVerification.Dns;
using DomainVerification.Email;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Docs.Tests.Observability;

/// <summary>The page of what to watch says what the code does: nothing is left out, nothing is made up.</summary>
public sealed class ObservabilityTests
{
    private static readonly Dictionary<(string Instrument, string Tag), IEnumerable<string>> _values = new()
    {
        [("domainverification.claim.events", "type")] = Constants(typeof(ClaimEventTypes)),
        [("domainverification.proof.check.duration", "outcome")] = Enum.GetNames<ProofOutcome>(),
        [("domainverification.proof.check.duration", "diagnosis")] = Constants(typeof(ProofDiagnosisCodes)),
        [("domainverification.work.operations", "kind")] = Enum.GetNames<ClaimWorkKind>(),
        [("domainverification.work.operations", "result")] = Enum.GetNames<ProvisionStatus>(),
        [("domainverification.work.dead_letters", "kind")] = Enum.GetNames<ClaimWorkKind>(),
        [("domainverification.idempotency.requests", "answer")] =
            Constants(typeof(IdempotencyErrorCodes)).Concat(["started", "replayed"]),
        [("domainverification.dns.queries", "transport")] = Enum.GetNames<DnsTransportKind>(),
        [("domainverification.dns.queries", "outcome")] = Enum.GetNames<DnsExchangeOutcome>(),
        [("domainverification.dns.ignored_packets", "transport")] = Enum.GetNames<DnsTransportKind>(),
        [("domainverification.dns.lookup.duration", "status")] = Enum.GetNames<DnsLookupStatus>(),
        [("domainverification.email.identity.moves", "from")] = Enum.GetValues<SendingStatus>().Select(WireNames.ToWireName),
        [("domainverification.email.identity.moves", "to")] = Enum.GetValues<SendingStatus>().Select(WireNames.ToWireName),
        [("domainverification.email.record.looks", "purpose")] = Enum.GetNames<SendingRecordPurpose>(),
    };

    [Fact]
    public void Each_instrument_has_its_row() => Same(
        ShippedCode.Instruments().Select(instrument => $"{instrument.Name} | {TypeOf(instrument)} | {instrument.Unit}"),
        ObservabilityPage.Rows("Measurements").Select(row => $"{row[0]} | {row[1]} | {row[2]}"));

    [Fact]
    public void Each_tag_of_an_instrument_has_its_row() => Same(
        ShippedCode.Tags().Select(pair => $"{pair.Instrument} | {pair.Tag}"),
        ObservabilityPage.Rows("Tags").Select(row => $"{row[0]} | {row[1]}"));

    [Fact]
    public void Each_value_that_a_tag_can_have_is_listed()
    {
        var rows = ObservabilityPage.Rows("Tags").ToDictionary(row => (row[0], row[1]), row => row[2]);
        Assert.All(_values, tag => Same(tag.Value, ObservabilityPage.Words(rows[tag.Key])));
    }

    [Fact]
    public void Durations_have_the_buckets_that_the_page_lists()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "observability.md"));
        var durations = ShippedCode.Instruments().OfType<Histogram<double>>().ToList();

        Assert.Equal(3, durations.Count);
        Assert.All(durations, duration => Assert.Contains(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{string.Join(", ", duration.Advice!.HistogramBucketBoundaries!)} seconds"),
            page,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Each_log_message_has_its_row()
    {
        var messages = ShippedCode.Messages();

        Assert.Equal(messages.Count, messages.Select(message => message.EventId).Distinct().Count());
        Same(
            messages.Select(message => $"{message.EventId} | {message.EventName} | {LevelOf(message)} | {message.Message}"),
            ObservabilityPage.Rows("Logs").Select(row => string.Join(" | ", row)));
    }

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private static string LevelOf(LoggerMessageAttribute message) =>
        message.Level == LogLevel.None ? "Information or Warning" : message.Level.ToString();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    private static void Same(IEnumerable<string> code, IEnumerable<string> page)
    {
        var (there, told) = (code.ToList(), page.ToList());
        var missing = there.Except(told).ToList();
        var invented = told.Except(there).ToList();
        Assert.True(
            missing.Count + invented.Count == 0,
            $"docs/observability.md lacks:\n{string.Join('\n', missing)}\nand has what the code does not:\n{string.Join('\n', invented)}");
        Assert.Equal(there.Count, told.Count);
    }
}
