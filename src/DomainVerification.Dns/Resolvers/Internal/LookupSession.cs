using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// One look-up: asks servers until one gives a definitive answer, follows aliases, and keeps account of all that was sent. After one that
/// was run to its end the object serves another.
/// </summary>
internal sealed class LookupSession
{
    // Aliases times servers times tries could be many; no honest answer needs more.
    private const int MaxSendings = 60;

    /// <summary>The flags of every query.</summary>
    public const DnsHeaderFlags QueryFlags = DnsHeaderFlags.RecursionDesired | DnsHeaderFlags.AuthenticData;

    private readonly LookupSessions _sessions;
    private readonly AliasChain _chain;
    private readonly SendingAccount _account;
    private readonly ServerConversation _conversation;
    private readonly ServerRounds _rounds;
    private DnsQuestion _question;
    private DnsAuthenticData _authenticData = DnsAuthenticData.ClaimedByServer;

    public LookupSession(LookupSessions sessions, DnsQuestion question, long started)
    {
        var plan = sessions.Plan;
        _sessions = sessions;
        _question = question;
        _chain = new AliasChain(question);
        _account = new SendingAccount(plan.TimeProvider, plan.Deadline, MaxSendings);
        _conversation = new ServerConversation(plan, _account, QueryFlags);
        _rounds = new ServerRounds(plan, _conversation);
        _account.Begin(started);
    }

    /// <summary>Begins anew.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="started">The timestamp that the deadline counts from.</param>
    public void Begin(DnsQuestion question, long started)
    {
        (_question, _authenticData) = (question, DnsAuthenticData.ClaimedByServer);
        _chain.Begin(question);
        _account.Begin(started);
    }

    /// <summary>Runs the look-up.</summary>
    /// <param name="begun">The first sending, where it was made already, to the first of the servers.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsLookup> RunAsync(FirstSending? begun, CancellationToken cancellationToken)
    {
        _account.Charge(begun is null ? 0 : 1);
        while (true)
        {
            var aliasesBefore = _chain.Aliases.Count;
            var asked = _chain.Question;
            DnsMessage? response = null;
            _rounds.Begin();
            while (response is null && _rounds.Next() is { } server)
            {
                // All in this one method: a look-up in progress is then one object, and not one for each step.
                var exchange = await _conversation.AskAsync(server, asked, begun, cancellationToken).ConfigureAwait(false);
                begun = null;
                response = _rounds.Take(server, exchange);
            }

            if (response is null)
            {
                return End(_rounds.Failure);
            }

            if (!response.Flags.HasFlag(DnsHeaderFlags.AuthenticData))
            {
                _authenticData = DnsAuthenticData.NotClaimed;
            }

            var walk = _chain.Follow(response.Answers);
            if (walk.Status != DnsLookupStatus.NoData)
            {
                return EndWithAnswer(walk, response.ResponseCode);
            }

            var negativeTtl = NegativeAnswer.FindTimeToLive(response.Authorities, _chain.End);
            if (response.ResponseCode == DnsResponseCode.NxDomain)
            {
                return End(DnsLookupStatus.NxDomain, negativeTtl: negativeTtl);
            }

            // Aliases that end in nothing: the server says so with a SOA record of the target's zone, or did not look there.
            var isWholeAnswer = negativeTtl is not null || _chain.Aliases.Count == aliasesBefore;
            if (isWholeAnswer)
            {
                return End(DnsLookupStatus.NoData, negativeTtl: negativeTtl);
            }
        }
    }

    /// <summary>Gives the object back after it has run to its end, never after it threw.</summary>
    public void Return() => _sessions.Return(this);

    private DnsLookup EndWithAnswer(AliasWalk walk, DnsResponseCode code) =>
        walk.Status == DnsLookupStatus.Answered && code == DnsResponseCode.NxDomain
            ? End(DnsLookupStatus.Malformed, detail: "nxdomain_with_data")
            : End(walk.Status, walk.Records, walk.Detail);

    private DnsLookup End(
        DnsLookupStatus status,
        IReadOnlyList<DnsRecord>? records = null,
        string? detail = null,
        TimeSpan? negativeTtl = null)
    {
        var isDefinitive = status is DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain;
        return new DnsLookup
        {
            Status = status,
            Question = _question,
            Records = records ?? [],
            Aliases = _chain.Aliases,
            NegativeTtl = negativeTtl,
            AuthenticData = isDefinitive ? _authenticData : DnsAuthenticData.NotClaimed,
            Detail = detail,
            Attempts = _account.Attempts,
        };
    }
}
