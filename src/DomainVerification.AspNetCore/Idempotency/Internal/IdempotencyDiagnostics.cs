using System.Diagnostics.Metrics;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>What is measured and logged of requests with keys. Neither a key nor anything of a body is told.</summary>
internal static partial class IdempotencyDiagnostics
{
    private static readonly Meter Meter = new(DomainVerificationDiagnostics.MeterName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "domainverification.idempotency.requests",
        "{request}",
        "Requests with an idempotency key, or without one where it is required, by answer: started, replayed or the code of a refusal.");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "domainverification.idempotency.runs",
        "{run}",
        "Runs that are over, by what became of their key: kept, not_replayable, abandoned, lease_lost or failed.");

    public static void RecordRequest(string answer, string endpoint) => Requests.Add(
        1,
        new KeyValuePair<string, object?>("answer", answer),
        new KeyValuePair<string, object?>("endpoint", endpoint));

    public static void RecordRun(string end, string endpoint) => Runs.Add(
        1,
        new KeyValuePair<string, object?>("end", end),
        new KeyValuePair<string, object?>("endpoint", endpoint));

    internal static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Debug, "Told the response of an earlier run again at {Endpoint}", EventName = "Replayed")]
        public static partial void Replayed(ILogger logger, string endpoint);

        [LoggerMessage(8001, LogLevel.Information, "Refused an idempotent request to {Endpoint}: {Code}", EventName = "KeyRefused")]
        public static partial void KeyRefused(ILogger logger, string endpoint, string code);

        [LoggerMessage(
            8002,
            LogLevel.Warning,
            "Run {Run} of {Endpoint} ended after its lease and another one began; its response is not kept. Lengthen LeaseDuration",
            EventName = "LeaseLost")]
        public static partial void LeaseLost(ILogger logger, string endpoint, Guid run);

        [LoggerMessage(
            8003,
            LogLevel.Error,
            "The store of idempotent requests threw before a request to {Endpoint}; nothing was run",
            EventName = "BeginFailed")]
        public static partial void BeginFailed(ILogger logger, Exception exception, string endpoint);

        [LoggerMessage(
            8004,
            LogLevel.Error,
            "Run {Run} of {Endpoint} is over and the store could not be told; until its lease ends its key answers that it still runs",
            EventName = "SettleFailed")]
        public static partial void SettleFailed(ILogger logger, Exception exception, string endpoint, Guid run);

        [LoggerMessage(
            8005,
            LogLevel.Error,
            "The response that is kept for a request to {Endpoint} cannot be read; its key answers 409 until it expires",
            EventName = "OutcomeUnreadable")]
        public static partial void OutcomeUnreadable(ILogger logger, Exception exception, string endpoint);

        [LoggerMessage(
            8006,
            LogLevel.Warning,
            "The response of run {Run} of {Endpoint} is too large or a stream and is not kept; its key answers 409 until it expires",
            EventName = "OutcomeNotKept")]
        public static partial void OutcomeNotKept(ILogger logger, string endpoint, Guid run);

        [LoggerMessage(8007, LogLevel.Debug, "Run {Run} of {Endpoint} was abandoned with status {Status}", EventName = "RunAbandoned")]
        public static partial void RunAbandoned(ILogger logger, string endpoint, Guid run, int status);

        [LoggerMessage(
            8008,
            LogLevel.Error,
            "The response of run {Run} of {Endpoint} could not be encrypted and is not kept; its key answers 409 until it expires",
            EventName = "ProtectFailed")]
        public static partial void ProtectFailed(ILogger logger, Exception exception, string endpoint, Guid run);
    }
}
