using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DomainVerification.Dns;

/// <summary>The traces and metrics of this package. They hold names and outcomes, never what records hold.</summary>
public static class DnsDiagnostics
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>; its activities are called <c>dns.lookup</c>.</summary>
    public const string ActivitySourceName = "DomainVerification";

    /// <summary>
    /// The name of the <see cref="System.Diagnostics.Metrics.Meter"/>: <c>domainverification.dns.queries</c> counts sendings by transport
    /// and outcome, <c>domainverification.dns.ignored_packets</c> counts packets that were no response, by transport, and
    /// <c>domainverification.dns.lookup.duration</c> measures look-ups in seconds, by record type and status.
    /// </summary>
    public const string MeterName = "DomainVerification";

    internal static readonly ActivitySource ActivitySource = new(ActivitySourceName);

    private static readonly Meter Meter = new(MeterName);

    /// <summary>The buckets for durations in seconds; those that exporters have by themselves are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    internal static readonly Counter<long> Queries = Meter.CreateCounter<long>(
        "domainverification.dns.queries",
        "{query}",
        "DNS queries sent.");

    internal static readonly Counter<long> IgnoredPackets = Meter.CreateCounter<long>(
        "domainverification.dns.ignored_packets",
        "{packet}",
        "Packets that came for a DNS query and were no response to it.");

    internal static readonly Histogram<double> LookupDuration = Meter.CreateHistogram<double>(
        "domainverification.dns.lookup.duration",
        "s",
        "Duration of DNS look-ups.",
        tags: null,
        Seconds);
}
