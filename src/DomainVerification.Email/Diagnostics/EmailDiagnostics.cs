using System.Diagnostics.Metrics;
using DomainVerification.Diagnostics;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Status.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Email.Diagnostics;

/// <summary>What the package measures and logs, under the names of <see cref="DomainVerificationDiagnostics"/>.</summary>
internal static partial class EmailDiagnostics
{
    private static readonly Meter Meter = new(DomainVerificationDiagnostics.MeterName);

    /// <summary>The buckets for durations in seconds; those that exporters have by themselves are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly Counter<long> Moves = Meter.CreateCounter<long>(
        "domainverification.email.identity.moves",
        "{move}",
        "Moves of sending identities, by the statuses before and after.");

    private static readonly Histogram<double> Looks = Meter.CreateHistogram<double>(
        "domainverification.email.look.duration",
        "s",
        "Looks at all records of a holding.",
        tags: null,
        Seconds);

    private static readonly Counter<long> Sights = Meter.CreateCounter<long>(
        "domainverification.email.record.looks",
        "{record}",
        "Records looked for, by purpose and by what is wrong with them.");

    public static void RecordLook(IReadOnlyDictionary<RecordKey, Sight> sights, TimeSpan elapsed)
    {
        Looks.Record(elapsed.TotalSeconds);
        foreach (var (wanted, sight) in sights)
        {
            Sights.Add(
                1,
                new KeyValuePair<string, object?>("purpose", wanted.Purpose.ToString()),
                new KeyValuePair<string, object?>("problem", sight.Problem?.Code ?? "none"));
        }
    }

    /// <summary>Tells of every identity whose status, as hosts see it, or whose signing key changed.</summary>
    public static void RecordMoves(ILogger logger, HoldingChange change)
    {
        foreach (var after in change.After.Identities)
        {
            if (change.Before.Identities.FirstOrDefault(identity => identity.Id == after.Id) is { } before)
            {
                RecordMove(logger, change.Record, before, after);
            }
        }
    }

    private static void RecordMove(ILogger logger, HoldingRecord record, StoredIdentity before, StoredIdentity after)
    {
        var (from, to) = (IdentityView.StatusOf(before), IdentityView.StatusOf(after));
        if (from != to)
        {
            Moves.Add(
                1,
                new KeyValuePair<string, object?>("from", from.ToWireName()),
                new KeyValuePair<string, object?>("to", to.ToWireName()));
            var level = to is SendingStatus.Degraded or SendingStatus.Failed ? LogLevel.Warning : LogLevel.Information;
            Log.IdentityMoved(logger, level, after.Id, record.Domain, after.Kind, after.Region, from, to);
        }

        var (old, signs) = (Active(before), Active(after));
        if (old != signs)
        {
            Log.KeyRotated(logger, after.Id, record.Domain, signs, old);
        }
    }

    private static string Active(StoredIdentity identity) =>
        identity.Selectors.First(selector => selector.State == DkimSelectorState.Active).Name;
}
