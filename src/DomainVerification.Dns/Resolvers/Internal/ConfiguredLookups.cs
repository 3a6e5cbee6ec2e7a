using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>Runs look-ups at configured servers, and keeps what failed.</summary>
/// <param name="plan">How they are asked, whoever they are.</param>
/// <param name="servers">Who they are at this moment.</param>
/// <param name="failures">What failed lately.</param>
internal sealed class ConfiguredLookups(LookupPlan plan, Func<IReadOnlyList<DnsServerEndpoint>> servers, FailureMemory failures)
{
    private volatile LookupSessions _sessions = new(plan);

    /// <summary>Begins a look-up of which nobody keeps a trace.</summary>
    public LookupSession Begin(DnsQuestion question, out LookupObservation observation)
    {
        observation = plan.Observer.BeginUntraced(plan.TimeProvider);
        return Sessions().Begin(question);
    }

    /// <summary>Runs a whole look-up.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var observation = plan.Observer.Begin(question, plan.TimeProvider);
        var session = Sessions().Begin(question);
        return End(session, observation, await session.RunAsync(begun: null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Goes on with a look-up that <see cref="Begin"/> has begun.</summary>
    /// <param name="session">The look-up.</param>
    /// <param name="begun">What came of its first sending; null where nothing was sent.</param>
    /// <param name="observation">See <see cref="Begin"/>.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> GoOnAsync(
        LookupSession session,
        DnsExchange? begun,
        LookupObservation observation,
        CancellationToken cancellationToken) =>
        End(session, observation, await session.RunAsync(begun, cancellationToken).ConfigureAwait(false));

    /// <summary>Takes the result of a look-up, whose session serves the next one then.</summary>
    public DnsLookup End(LookupSession session, in LookupObservation observation, DnsLookup lookup)
    {
        session.Return();
        observation.End(lookup);
        return failures.Note(lookup);
    }

    private LookupSessions Sessions()
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
