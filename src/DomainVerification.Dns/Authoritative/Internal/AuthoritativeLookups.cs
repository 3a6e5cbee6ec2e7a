using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>Runs look-ups at the servers of zones, or at other resolvers where no question gets out, and keeps what failed.</summary>
/// <param name="context">What all look-ups share.</param>
/// <param name="resolvers">Who answers where outgoing DNS is blocked.</param>
/// <param name="failures">What failed lately.</param>
internal sealed class AuthoritativeLookups(AuthoritativeContext context, IDnsResolver resolvers, FailureMemory failures)
{
    private readonly EgressProbe _egress = new(context);

    public AuthoritativeContext Context => context;

    /// <summary>Whether it is known that no question gets out.</summary>
    public bool IsBlocked => _egress.IsKnownToBeBlocked;

    /// <summary>Runs a whole look-up, with a trace where somebody wants one.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (IsBlocked)
        {
            return await AskResolversAsync(question, [], cancellationToken).ConfigureAwait(false);
        }

        using var observation = context.Plan.Observer.Begin(question, context.Plan.TimeProvider);
        var session = new AuthoritativeSession(context, question);
        var lookup = await session.RunAsync(begun: null, cancellationToken).ConfigureAwait(false);
        observation.End(lookup);
        return await ConcludeAsync(session, lookup, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the rest of a look-up whose first sendings did not answer it.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="begun">The first sendings.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> GoOnAsync(DnsQuestion question, FirstPoll begun, long started, CancellationToken cancellationToken)
    {
        var session = new AuthoritativeSession(context, question);
        session.BeginAt(started);
        DnsLookup lookup;
        try
        {
            lookup = await session.RunAsync(begun, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            begun.Release();
        }

        context.Plan.Observer.OnLookup(lookup, started, context.Plan.TimeProvider);
        return await ConcludeAsync(session, lookup, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the result of a look-up that a zone's servers answered at once.</summary>
    /// <param name="lookup">The result.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    public DnsLookup End(DnsLookup lookup, long started)
    {
        context.Plan.Observer.OnLookup(lookup, started, context.Plan.TimeProvider);
        _egress.NoteHeard(started);
        return failures.Note(lookup);
    }

    /// <summary>Finds out whether a look-up failed because no question gets out.</summary>
    private async ValueTask<DnsLookup> ConcludeAsync(AuthoritativeSession session, DnsLookup lookup, CancellationToken cancellationToken)
    {
        if (session.WasHeard)
        {
            _egress.NoteHeard();
        }
        else if (session.IsRootSilent)
        {
            _egress.NoteBlocked();
            return await AskResolversAsync(session.Question, lookup.Attempts, cancellationToken).ConfigureAwait(false);
        }
        else if (await _egress.IsBlockedAsync(cancellationToken).ConfigureAwait(false))
        {
            return await AskResolversAsync(session.Question, lookup.Attempts, cancellationToken).ConfigureAwait(false);
        }

        return failures.Note(lookup);
    }

    private async ValueTask<DnsLookup> AskResolversAsync(
        DnsQuestion question,
        IReadOnlyList<DnsAttempt> before,
        CancellationToken cancellationToken)
    {
        var lookup = await resolvers.ResolveAsync(question, cancellationToken).ConfigureAwait(false);
        return lookup.Instead(before);
    }
}
