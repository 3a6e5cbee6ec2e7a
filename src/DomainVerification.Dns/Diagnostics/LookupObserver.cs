using Microsoft.Extensions.Logging;

namespace DomainVerification.Dns;

/// <summary>Tells logs, traces and metrics of look-ups.</summary>
internal sealed partial class LookupObserver(ILogger logger)
{
    /// <summary>Whether anybody wants to know how long look-ups take.</summary>
    public bool IsListenedTo => DnsDiagnostics.LookupDuration.Enabled || logger.IsEnabled(LogLevel.Debug);

    public LookupObservation Begin(DnsQuestion question, TimeProvider timeProvider) => new(this, question, timeProvider);

    /// <summary>Tells of a sending that was answered, and before which no packet was ignored.</summary>
    public static void OnAnswer(DnsTransportKind transport) => CountQuery(transport, DnsExchangeOutcome.Answered);

    public void OnAttempt(DnsAttempt attempt)
    {
        CountQuery(attempt.Transport, attempt.Outcome);
        if (attempt.IgnoredPackets > 0)
        {
            DnsDiagnostics.IgnoredPackets.Add(
                attempt.IgnoredPackets,
                new KeyValuePair<string, object?>("transport", attempt.Transport.ToString()));
        }

        if (attempt.Outcome == DnsExchangeOutcome.Mismatched)
        {
            Log.TooManyMismatches(logger, attempt.IgnoredPackets, attempt.Server, attempt.Question);
        }
        else if (attempt.Outcome != DnsExchangeOutcome.Answered)
        {
            Log.AttemptFailed(logger, attempt.Server, attempt.Transport, attempt.Question, attempt.Outcome, attempt.Detail);
        }
    }

    /// <summary>Tells of a look-up without a trace.</summary>
    /// <param name="lookup">The look-up.</param>
    /// <param name="started">When it began, as a timestamp.</param>
    /// <param name="timeProvider">The clock of the timestamp.</param>
    public void OnLookup(DnsLookup lookup, long started, TimeProvider timeProvider)
    {
        if (IsListenedTo)
        {
            OnLookup(lookup, timeProvider.GetElapsedTime(started));
        }
    }

    public void OnLookup(DnsLookup lookup, TimeSpan elapsed)
    {
        if (DnsDiagnostics.LookupDuration.Enabled)
        {
            DnsDiagnostics.LookupDuration.Record(
                elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("type", lookup.Question.Type.ToString()),
                new KeyValuePair<string, object?>("status", lookup.Status.ToString()));
        }

        Log.LookupEnded(logger, lookup.Question, lookup.Status, lookup.Detail, lookup.Attempts.Count, elapsed.TotalMilliseconds);
    }

    private static void CountQuery(DnsTransportKind transport, DnsExchangeOutcome outcome)
    {
        // The tags cost more than the counting, so they are only made for somebody.
        if (DnsDiagnostics.Queries.Enabled)
        {
            DnsDiagnostics.Queries.Add(
                1,
                new KeyValuePair<string, object?>("transport", transport.ToString()),
                new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            3000,
            LogLevel.Debug,
            "DNS look-up of {Question} ended as {Status} ({Detail}) after {Attempts} attempts in {ElapsedMilliseconds} ms.",
            EventName = "DnsLookupEnded")]
        public static partial void LookupEnded(
            ILogger logger,
            DnsQuestion question,
            DnsLookupStatus status,
            string? detail,
            int attempts,
            double elapsedMilliseconds);

        [LoggerMessage(
            3001,
            LogLevel.Debug,
            "DNS server {Server} over {Transport} did not answer {Question}: {Outcome} ({Detail}).",
            EventName = "DnsAttemptFailed")]
        public static partial void AttemptFailed(
            ILogger logger,
            DnsServerEndpoint server,
            DnsTransportKind transport,
            DnsQuestion question,
            DnsExchangeOutcome outcome,
            string? detail);

        [LoggerMessage(
            3002,
            LogLevel.Warning,
            "{Packets} packets that were no response came for the query of {Question} to DNS server {Server}; they may be forged.",
            EventName = "DnsTooManyMismatches")]
        public static partial void TooManyMismatches(ILogger logger, int packets, DnsServerEndpoint server, DnsQuestion question);
    }
}
