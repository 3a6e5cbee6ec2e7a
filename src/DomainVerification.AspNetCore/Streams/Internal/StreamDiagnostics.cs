using System.Diagnostics.Metrics;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>What is measured and logged of live progress.</summary>
internal static partial class StreamDiagnostics
{
    private static readonly Meter Meter = new(DomainVerificationDiagnostics.MeterName);

    private static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>(
        "domainverification.streams.open",
        "{stream}",
        "Streams of live progress that are open in this process.");

    public static void Opened() => Open.Add(1);

    public static void Closed() => Open.Add(-1);

    internal static partial class Log
    {
        [LoggerMessage(9000, LogLevel.Debug, "A stream of claim {ClaimId} began", EventName = "StreamBegan")]
        public static partial void StreamBegan(ILogger logger, ClaimId claimId);

        [LoggerMessage(9001, LogLevel.Debug, "A stream of claim {ClaimId} ended after {Events} events: {End}", EventName = "StreamEnded")]
        public static partial void StreamEnded(ILogger logger, ClaimId claimId, long events, StreamEnd end);

        [LoggerMessage(
            9002,
            LogLevel.Information,
            "A stream of claim {ClaimId} was refused: its owner has all of its streams open",
            EventName = "StreamRefused")]
        public static partial void StreamRefused(ILogger logger, ClaimId claimId);

        [LoggerMessage(
            9003,
            LogLevel.Warning,
            "A stream of claim {ClaimId} cannot go on, for example because the store is down; its reader opens the next",
            EventName = "StreamFaulted")]
        public static partial void StreamFaulted(ILogger logger, Exception exception, ClaimId claimId);

        [LoggerMessage(
            9004,
            LogLevel.Warning,
            "The signals of claim {ClaimId} threw; its stream goes on by reading the store from time to time",
            EventName = "SignalsFaulted")]
        public static partial void SignalsFaulted(ILogger logger, Exception exception, ClaimId claimId);
    }
}
