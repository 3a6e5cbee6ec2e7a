namespace DomainVerification.Dns;

/// <summary>The packets that came for a query and were no readable response to it.</summary>
internal sealed class IgnoredPackets
{
    private DnsReadError _lastError;

    public int Count { get; private set; }

    public void AddForeign() => Count++;

    public void AddMalformed(DnsReadError error)
    {
        Count++;
        _lastError = error;
    }

    /// <summary>A query that timed out after an unreadable response did not fail for silence.</summary>
    public DnsExchange Explain(DnsExchange timedOut) => _lastError.Kind == DnsReadErrorKind.None
        ? timedOut with { IgnoredPackets = Count }
        : timedOut with { Outcome = DnsExchangeOutcome.Malformed, IgnoredPackets = Count, Detail = _lastError.Code };
}
