namespace DomainVerification.Dns;

/// <summary>The look-ups of a plan, whose objects serve one after the other.</summary>
internal sealed class LookupSessions(LookupPlan plan)
{
    private const int MaxIdle = 1024;

    private readonly IdleObjects<LookupSession> _idle = new(MaxIdle);

    public LookupPlan Plan => plan;

    /// <inheritdoc cref="LookupSession.Begin"/>
    public LookupSession Begin(DnsQuestion question, long started)
    {
        if (!_idle.TryTake(out var session))
        {
            return new LookupSession(this, question, started);
        }

        session.Begin(question, started);
        return session;
    }

    /// <summary>Takes back one that has run to its end. One that threw is not to be given back.</summary>
    public void Return(LookupSession session) => _idle.TryKeep(session);
}
