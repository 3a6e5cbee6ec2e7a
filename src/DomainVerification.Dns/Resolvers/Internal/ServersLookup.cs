namespace DomainVerification.Dns;

/// <summary>A look-up at configured servers, the first of which is asked first.</summary>
internal sealed class ServersLookup(SharedLookups lookups, ConfiguredLookups configured)
    : FirstSendingLookup(lookups, configured.AskAsync)
{
    private LookupSessions? _sessions;

    protected override bool TrySend()
    {
        _sessions = configured.Sessions;
        return TrySend(_sessions.Plan, _sessions.Plan.Servers[0], LookupSession.QueryFlags);
    }

    protected override DnsLookup Conclude(in DnsReply reply) => configured.End(
        new DnsLookup(Question!, reply.Text, _sessions!.Plan.Servers[0], reply.ElapsedTicks) { AuthenticData = reply.AuthenticData },
        Started);

    protected override void GoOn(FirstSending? begun) =>
        Await(configured.GoOnAsync(_sessions!.Begin(Question!, Started), begun, Started, Abandoned));
}
