using System.Diagnostics;

namespace DomainVerification.Dns;

/// <summary>The trace and the duration of one look-up.</summary>
internal readonly struct LookupObservation : IDisposable
{
    private readonly LookupObserver _observer;
    private readonly TimeProvider _timeProvider;
    private readonly long? _started;
    private readonly Activity? _activity;

    public LookupObservation(LookupObserver observer, DnsQuestion question, TimeProvider timeProvider)
    {
        _observer = observer;
        _timeProvider = timeProvider;
        _started = observer.IsListenedTo ? timeProvider.GetTimestamp() : null;
        _activity = DnsDiagnostics.ActivitySource.StartActivity("dns.lookup", ActivityKind.Client);
        _activity?.SetTag("dns.question.name", question.Name.ToString());
        _activity?.SetTag("dns.question.type", question.Type.ToString());
    }

    public void End(DnsLookup lookup)
    {
        _activity?.SetTag("dns.status", lookup.Status.ToString());
        _activity?.SetTag("dns.attempts", lookup.Attempts.Count);
        if (_started is { } started)
        {
            _observer.OnLookup(lookup, _timeProvider.GetElapsedTime(started));
        }
    }

    public void Dispose() => _activity?.Dispose();
}
