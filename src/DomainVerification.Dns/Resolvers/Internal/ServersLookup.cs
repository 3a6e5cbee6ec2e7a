using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// A look-up at configured servers. Its first sending is made and its reply taken right here, since that is all of most look-ups; what needs
/// more goes on from there.
/// </summary>
internal sealed class ServersLookup : SharedLookup
{
    private readonly ConfiguredLookups _configured;
    private readonly Action _onReply;
    private ConfiguredValueTaskAwaitable<DnsReply>.ConfiguredValueTaskAwaiter _awaiter;
    private LookupSession? _session;
    private LookupObservation _observation;

    public ServersLookup(SharedLookups lookups, ConfiguredLookups configured)
        : base(lookups, configured.AskAsync) => (_configured, _onReply) = (configured, OnReply);

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    public override void Start()
    {
        // A trace has to be the current one while servers are asked, for which there is an async method.
        if (DnsDiagnostics.ActivitySource.HasListeners())
        {
            base.Start();
            return;
        }

        try
        {
            var session = _configured.Begin(Question!, out _observation);
            if (session.TrySend(Abandoned) is not { } reply)
            {
                Await(_configured.GoOnAsync(session, begun: null, _observation, Abandoned));
                return;
            }

            _session = session;
            _awaiter = reply.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            End(null, error);
            return;
        }

        if (_awaiter.IsCompleted)
        {
            OnReply();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_onReply);
        }
    }

    private void OnReply()
    {
        var (session, awaiter, observation) = (_session!, _awaiter, _observation);
        (_session, _awaiter) = (null, default);
        DnsLookup? lookup;
        try
        {
            lookup = session.TakeReply(awaiter, out var begun);
            if (lookup is null)
            {
                Await(_configured.GoOnAsync(session, begun, observation, Abandoned));
                return;
            }

            lookup = _configured.End(session, observation, lookup);
        }
        catch (Exception error)
        {
            End(null, error);
            return;
        }

        End(lookup, null);
    }
}
