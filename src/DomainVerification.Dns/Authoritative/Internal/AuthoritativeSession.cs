using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>One look-up at the servers of the zones themselves: finds the zone, asks its servers, and follows aliases into other zones.</summary>
internal sealed class AuthoritativeSession
{
    // Enough for a walk, every server of two zones and their serials (an honest answer needs far less).
    private const int MaxSendings = 60;

    /// <summary>The flags of every query: none, since nobody is to ask others.</summary>
    public const DnsHeaderFlags QueryFlags = DnsHeaderFlags.None;

    private readonly AuthoritativeContext _context;
    private readonly AliasChain _chain;
    private readonly SendingAccount _account;
    private readonly ZoneWalk _walk;
    private readonly ServerPoll _poll;
    private DnsName? _zone;
    private IReadOnlyList<ServerReport> _reports = [];

    public AuthoritativeSession(AuthoritativeContext context, DnsQuestion question)
    {
        _context = context;
        Question = question;
        _chain = new AliasChain(question);
        _account = new SendingAccount(context.Plan.TimeProvider, context.Plan.Deadline, MaxSendings);
        var conversation = new ServerConversation(context.Plan, _account, QueryFlags);
        _poll = new ServerPoll(context, conversation);
        _walk = new ZoneWalk(context, conversation, _poll, _account);
    }

    /// <summary>What is asked.</summary>
    public DnsQuestion Question { get; }

    /// <summary>
    /// Whether a server spoke for its zone: proof that questions get out, which the answers of something on the way are not.
    /// </summary>
    public bool WasHeard => _walk.WasHeard || _reports.Any(report => report.Word is not null || report.Referral is not null);

    /// <summary>Whether no server of the root answered: outgoing DNS is blocked.</summary>
    public bool IsRootSilent => _walk.IsRootSilent;

    /// <summary>Counts the deadline from a timestamp before now.</summary>
    public void BeginAt(long started) => _account.Begin(started);

    /// <param name="begun">The asking of the zone's servers, where that was begun before; null otherwise.</param>
    /// <param name="cancellationToken">Ends the look-up at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> RunAsync(FirstPoll? begun, CancellationToken cancellationToken)
    {
        _account.Charge(begun?.Cut.Servers.Count ?? 0);
        while (true)
        {
            var asked = _chain.Aliases.Count == 0 ? Question : Question with { Name = _chain.End };
            if (await AskZoneAsync(asked, begun, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return End(failure.Failure, failure.Detail);
            }

            begun = null;

            var vote = await VoteAsync(cancellationToken).ConfigureAwait(false);
            _reports = vote.Reports;
            if (vote.Speaker is not { } speaker)
            {
                return End(vote.Status);
            }

            if (!TryFollow(speaker.Aliases, out var broken))
            {
                return End(broken);
            }

            if (vote.Status != DnsLookupStatus.NoData || !speaker.LeadsOn)
            {
                return End(vote.Status, speaker.Detail, vote.Records, speaker.NegativeTtl);
            }
        }
    }

    /// <summary>Asks the servers of the zone that the name lies in; gives the failure where none of them speaks for it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ZoneFinding?> AskZoneAsync(DnsQuestion asked, FirstPoll? begun, CancellationToken cancellationToken)
    {
        var isFresh = false;
        var found = begun is { } first
            ? ZoneFinding.Found(first.Cut)
            : await _walk.FindAsync(asked.Name, cancellationToken).ConfigureAwait(false);
        while (found.IsFound)
        {
            _zone = found.Cut.Name;
            _reports = await _poll.RunAsync(found.Cut, asked, ServerPoll.MaxServers, begun, cancellationToken).ConfigureAwait(false);
            begun = null;
            if (DelegationVote.Of(_reports) is { } delegation)
            {
                found = await _walk.DescendAsync(delegation, cancellationToken).ConfigureAwait(false);
                isFresh = true;
            }
            else if (_reports.Any(report => report.Word is not null))
            {
                return null;
            }
            else if (isFresh || found.Cut.Name == DnsName.Root)
            {
                return Failure();
            }
            else
            {
                // The zone may have moved since it was found.
                _context.Cuts.Forget(found.Cut);
                isFresh = true;
                found = await _walk.FindAsync(asked.Name, cancellationToken).ConfigureAwait(false);
            }
        }

        return found;
    }

    private ZoneFinding Failure()
    {
        DnsLookupStatus? failure = null;
        foreach (var report in _reports)
        {
            failure = report.Failure is { } status ? LookupFailure.MoreTelling(failure, status) : failure;
        }

        var isLame = _reports.All(report => report.Standing == DnsServerStanding.Lame);
        return ZoneFinding.Failed(failure ?? DnsLookupStatus.TimedOut, isLame ? "not_authoritative" : null);
    }

    private ValueTask<ServerVote> VoteAsync(CancellationToken cancellationToken) => ServerVote.IsUnanimous(_reports)
        ? ValueTask.FromResult(ServerVote.Of(_reports))
        : VoteByVersionAsync(cancellationToken);

    private async ValueTask<ServerVote> VoteByVersionAsync(CancellationToken cancellationToken)
    {
        _reports = await _poll.WithSerialsAsync(_reports, _zone!, cancellationToken).ConfigureAwait(false);
        return ServerVote.Of(_reports);
    }

    private bool TryFollow(IReadOnlyList<DnsAlias> aliases, out DnsLookupStatus broken)
    {
        broken = DnsLookupStatus.NoData;
        if (aliases.Count == 0)
        {
            return true;
        }

        // The chain that all zones make together is held to the same rules as that of one answer.
        broken = _chain.Follow([.. aliases.Select(alias => alias.Source)]).Status;
        return broken is DnsLookupStatus.NoData or DnsLookupStatus.Answered;
    }

    private DnsLookup End(
        DnsLookupStatus status,
        string? detail = null,
        IReadOnlyList<DnsRecord>? records = null,
        TimeSpan? negativeTtl = null) => new()
        {
            Status = status,
            Question = Question,
            Records = records ?? [],
            Aliases = _chain.Aliases,
            NegativeTtl = negativeTtl,
            Detail = detail,
            Attempts = _account.Attempts,
            Source = DnsAnswerSource.ZoneServers,
            Zone = _zone,
            Servers = Views(),
        };

    private DnsServerView[] Views()
    {
        var views = new DnsServerView[_reports.Count];
        for (var i = 0; i < views.Length; i++)
        {
            views[i] = _reports[i].ToView();
        }

        return views;
    }
}
