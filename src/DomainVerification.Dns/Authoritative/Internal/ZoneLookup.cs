namespace DomainVerification.Dns;

/// <summary>A look-up at the servers of a zone. Where the zone is known and has one server, that is asked first.</summary>
internal sealed class ZoneLookup(SharedLookups lookups, AuthoritativeLookups authoritative)
    : FirstSendingLookup(lookups, authoritative.AskAsync)
{
    private ZoneCut? _cut;

    protected override bool TrySend()
    {
        var context = authoritative.Context;
        var isKnown = !authoritative.IsBlocked && ZoneWalk.FindKnown(context.Cuts, Question!.Name, out _cut, out _);
        return isKnown
            && _cut is { Servers: [{ } only] }
            && TrySend(context.Plan, only.Endpoint, AuthoritativeSession.QueryFlags);
    }

    protected override DnsLookup Conclude(in DnsReply reply) =>
        authoritative.End(new DnsLookup(Question!, reply.Text, _cut!, reply.ElapsedTicks), Started);

    protected override void GoOn(FirstSending? begun) => Await(
        begun is { } first
            ? authoritative.GoOnAsync(Question!, new FirstPoll(_cut!, first), Started, Abandoned)
            : authoritative.AskAsync(Question!, Abandoned));
}
