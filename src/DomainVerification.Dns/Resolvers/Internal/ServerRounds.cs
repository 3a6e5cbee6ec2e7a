namespace DomainVerification.Dns;

/// <summary>
/// Whom a look-up asks next: in rounds, so that a dead first server costs one timeout and not all its tries before the next one is asked.
/// </summary>
internal sealed class ServerRounds(LookupPlan plan, ServerConversation conversation)
{
    private readonly ServerState?[] _servers = new ServerState?[plan.Servers.Count];
    private int _begun;
    private int _round;
    private int _next;
    private DnsLookupStatus? _failure;

    /// <summary>What the failures so far mean together.</summary>
    public DnsLookupStatus Failure => _failure ?? DnsLookupStatus.TimedOut;

    /// <summary>Begins anew, for another question.</summary>
    public void Begin() => (_begun, _round, _next, _failure) = (0, 0, 0, null);

    /// <summary>The next server to ask; null where all have been asked as often as allowed, or said that they will not answer.</summary>
    public ServerState? Next()
    {
        for (; _round < plan.TriesPerServer; _round++, _next = 0)
        {
            while (_next < _servers.Length)
            {
                var server = ServerAt(_next++);
                if (server.MaySend)
                {
                    return server;
                }
            }
        }

        return null;
    }

    /// <summary>Takes what a server said; gives the response where it is definitive.</summary>
    /// <param name="server">The server.</param>
    /// <param name="exchange">The last exchange with it; null where nothing more may be sent.</param>
    public DnsMessage? Take(ServerState server, DnsExchange? exchange)
    {
        if (exchange is null)
        {
            _failure = LookupFailure.MoreTelling(_failure, DnsLookupStatus.TimedOut);
            return null;
        }

        if (exchange.Outcome == DnsExchangeOutcome.Answered && IsDefinitive(exchange.Response!))
        {
            return exchange.Response;
        }

        if (exchange.Outcome != DnsExchangeOutcome.TimedOut)
        {
            server.GiveUp();
        }

        _failure = LookupFailure.MoreTelling(_failure, LookupFailure.Of(exchange));
        return null;
    }

    private ServerState ServerAt(int index)
    {
        var endpoint = plan.Servers[index];
        var server = _servers[index] ??= conversation.Begin(endpoint);
        if (index >= _begun)
        {
            _begun = index + 1;
            server.Begin(plan.TransportFor(endpoint));
        }

        return server;
    }

    private static bool IsDefinitive(DnsMessage response) =>
        response.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NxDomain && !NegativeAnswer.IsReferral(response);
}
