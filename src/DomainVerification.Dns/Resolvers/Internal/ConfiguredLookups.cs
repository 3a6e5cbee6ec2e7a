using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>Runs look-ups at configured servers, and keeps what failed.</summary>
/// <param name="plan">How they are asked, whoever they are.</param>
/// <param name="servers">Who they are at this moment.</param>
/// <param name="failures">What failed lately.</param>
internal sealed class ConfiguredLookups(LookupPlan plan, Func<IReadOnlyList<DnsServerEndpoint>> servers, FailureMemory failures)
{
    private volatile LookupSessions _sessions = new(plan);

    /// <summary>The look-ups of the plan at this moment.</summary>
    public LookupSessions Sessions
    {
        get
        {
            var (present, sessions) = (servers(), _sessions);
            if (present != sessions.Plan.Servers)
            {
                // The system has been given others.
                _sessions = sessions = new LookupSessions(plan with { Servers = present });
            }

            return sessions;
        }
    }

    /// <summary>Runs a whole look-up, with a trace where somebody wants one.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var observation = plan.Observer.Begin(question, plan.TimeProvider);
        var session = Sessions.Begin(question, plan.TimeProvider.GetTimestamp());
        var lookup = await session.RunAsync(begun: null, cancellationToken).ConfigureAwait(false);
        session.Return();
        observation.End(lookup);
        return failures.Note(lookup);
    }

    /// <summary>Runs the rest of a look-up whose first sending did not answer it.</summary>
    /// <param name="session">The look-up.</param>
    /// <param name="begun">The first sending; null where it could not be made at once.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> GoOnAsync(
        LookupSession session,
        FirstSending? begun,
        long started,
        CancellationToken cancellationToken)
    {
        // A transport of a host's own may send without a look at the token.
        cancellationToken.ThrowIfCancellationRequested();
        var lookup = await session.RunAsync(begun, cancellationToken).ConfigureAwait(false);
        session.Return();
        return End(lookup, started);
    }

    /// <summary>Takes the result of a look-up without a trace.</summary>
    /// <param name="lookup">The result.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    public DnsLookup End(DnsLookup lookup, long started)
    {
        plan.Observer.OnLookup(lookup, started, plan.TimeProvider);
        return failures.Note(lookup);
    }
}
