using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Diagnostics;

/// <summary>The names under which the SDK reports traces and measurements. <c>docs/observability.md</c> lists them all.</summary>
public static partial class DomainVerificationDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "DomainVerification";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "DomainVerification";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    private static readonly Meter Meter = new(MeterName);

    /// <summary>The buckets for durations in seconds; those that exporters have by themselves are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "domainverification.claim.events",
        "{event}",
        "Moves of claims, by type and profile.");

    private static readonly Histogram<double> Checks = Meter.CreateHistogram<double>(
        "domainverification.proof.check.duration",
        "s",
        "Checks of proofs, by outcome, diagnosis and profile.",
        tags: null,
        Seconds);

    private static readonly Counter<long> RefusedChecks = Meter.CreateCounter<long>(
        "domainverification.proof.check.refused",
        "{check}",
        "Checks of proofs that a limit refused, by profile.");

    private static readonly Counter<long> Work = Meter.CreateCounter<long>(
        "domainverification.work.operations",
        "{operation}",
        "Operations of provisioners, by kind and result.");

    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(
        "domainverification.work.dead_letters",
        "{operation}",
        "Operations that became dead letters, by kind.");

    internal static void Record(ILogger logger, IReadOnlyList<ClaimEvent> events)
    {
        foreach (var entry in events)
        {
            Events.Add(
                1,
                new KeyValuePair<string, object?>("type", entry.Type),
                new KeyValuePair<string, object?>("profile", entry.Profile));
            Log.ClaimMoved(logger, entry.ClaimId, entry.Domain, entry.Type, entry.To, entry.Actor);
        }
    }

    internal static void RecordSettled(ILogger logger, ClaimWork work, ClaimCommit commit)
    {
        Record(logger, commit.Events);
        foreach (var dead in commit.Settled.Where(settled => settled.DeadAt is not null))
        {
            DeadLetters.Add(1, new KeyValuePair<string, object?>("kind", work.Kind.ToString()));
            Log.DeadLettered(logger, work.Id, work.Kind, work.Domain, work.ClaimId, work.Epoch, work.Attempts + 1, dead.Error?.Code);
        }
    }

    internal static Activity? StartCheck(DomainClaim claim) => Source.StartActivity("proof.check")
        ?.SetTag("domainverification.claim", claim.Id.ToString())
        .SetTag("domainverification.domain", claim.Domain.Value);

    internal static void RecordCheck(Activity? activity, ILogger logger, DomainClaim claim, ProofReport report, TimeSpan elapsed)
    {
        activity
            ?.SetTag("domainverification.outcome", report.Outcome.ToString())
            .SetTag("domainverification.diagnosis", report.Diagnosis.Code);
        Checks.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>("outcome", report.Outcome.ToString()),
            new KeyValuePair<string, object?>("diagnosis", report.Diagnosis.Code),
            new KeyValuePair<string, object?>("profile", claim.Profile));
        Log.ProofChecked(logger, claim.Id, claim.Domain, report.Outcome, report.Diagnosis.Code);
    }

    internal static void RecordRefusedCheck(ILogger logger, DomainClaim claim)
    {
        RefusedChecks.Add(1, new KeyValuePair<string, object?>("profile", claim.Profile));
        Log.ProofCheckRefused(logger, claim.Id, claim.Domain);
    }

    internal static void RecordWork(ILogger logger, ClaimWork work, ProvisionResult result)
    {
        Work.Add(
            1,
            new KeyValuePair<string, object?>("kind", work.Kind.ToString()),
            new KeyValuePair<string, object?>("result", result.Status.ToString()));
        if (work.Kind == ClaimWorkKind.Notify)
        {
            Log.NoticeDone(logger, work.Id, work.Target, work.Domain, work.ClaimVersion, result.Status, result.Error?.Code);
            return;
        }

        Log.WorkDone(logger, work.Id, work.Kind, work.Target, work.Domain, work.Epoch, result.Status, result.Error?.Code);
    }
}
