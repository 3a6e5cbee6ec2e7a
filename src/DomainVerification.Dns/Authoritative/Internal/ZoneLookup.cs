namespace DomainVerification.Dns;

/// <summary>A look-up at the servers of a zone. Where the zone is known, its servers are asked first.</summary>
internal sealed class ZoneLookup(SharedLookups lookups, AuthoritativeLookups authoritative)
    : FirstSendingLookup(lookups, authoritative.AskAsync)
{
    private ZoneSendings? _sendings;
    private ZoneCut? _cut;
    private bool _areSent;

    protected override bool TrySend()
    {
        _areSent = false;
        var context = authoritative.Context;
        if (authoritative.IsBlocked || !ZoneWalk.FindKnown(context.Cuts, Question!.Name, out _cut, out _))
        {
            return false;
        }

        return _cut.Servers is [{ } only]
            ? TrySend(context.Plan, only.Endpoint, AuthoritativeSession.QueryFlags)
            : ZoneSendings.IsFor(_cut) && TrySendToAll(context, _cut);
    }

    protected override DnsLookup? Conclude(in DnsReply reply)
    {
        if (!_areSent)
        {
            return authoritative.End(new DnsLookup(Question!, reply.Text, _cut!, reply.ElapsedTicks), Started);
        }

        return _sendings!.IsUnanimous
            ? authoritative.End(new DnsLookup(Question!, _sendings.Conclude(authoritative.Context.Plan.Observer, Question!)), Started)
            : null;
    }

    protected override void GoOn(FirstSending? begun)
    {
        FirstPoll? poll = begun is { } first ? new FirstPoll(_cut!, first)
            : _areSent ? new FirstPoll(_cut!, _sendings!)
            : null;
        Await(poll is { } some
            ? authoritative.GoOnAsync(Question!, some, Started, Abandoned)
            : authoritative.AskAsync(Question!, Abandoned));
    }

    private bool TrySendToAll(AuthoritativeContext context, ZoneCut cut)
    {
        if (_sendings is not { IsIdle: true })
        {
            _sendings = new ZoneSendings(context);
        }

        var started = context.Plan.TimeProvider.GetTimestamp();
        _areSent = _sendings.TrySend(cut, Question!, started, out var replies, Abandoned);
        if (_areSent)
        {
            Expect(replies, started);
        }

        return _areSent;
    }
}
