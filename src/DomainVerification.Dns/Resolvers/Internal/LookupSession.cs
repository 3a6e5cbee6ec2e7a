namespace DomainVerification.Dns;

/// <summary>
/// One look-up: asks servers until one gives a definitive answer, follows aliases, and keeps account of all that was sent.
/// </summary>
internal sealed class LookupSession(LookupPlan plan, DnsQuestion question)
{
    // Aliases times servers times tries could be many; no honest answer needs more.
    private const int MaxSendings = 60;

    private const DnsHeaderFlags QueryFlags = DnsHeaderFlags.RecursionDesired | DnsHeaderFlags.AuthenticData;

    private readonly List<DnsAttempt> _attempts = [];
    private readonly AliasChain _chain = new(question);
    private readonly long _started = plan.TimeProvider.GetTimestamp();
    private DnsAuthenticData _authenticData = DnsAuthenticData.ClaimedByServer;

    private TimeSpan Remaining => plan.Deadline - plan.TimeProvider.GetElapsedTime(_started);

    public async ValueTask<DnsLookup> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var aliasesBefore = _chain.Aliases.Count;
            var verdict = await AskServersAsync(question with { Name = _chain.End }, cancellationToken).ConfigureAwait(false);
            if (verdict.Response is not DnsMessage response)
            {
                return End(verdict.Failure);
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
            Question = question,
            Records = records ?? [],
            Aliases = _chain.Aliases,
            NegativeTtl = negativeTtl,
            AuthenticData = isDefinitive ? _authenticData : DnsAuthenticData.NotClaimed,
            Detail = detail,
            Attempts = _attempts,
        };
    }

    // In rounds, so that a dead first server costs one timeout and not all its tries before the next one is asked.
    private async ValueTask<ServerVerdict> AskServersAsync(DnsQuestion asked, CancellationToken cancellationToken)
    {
        ServerState[] servers = [.. plan.Servers.Select(Begin)];
        DnsLookupStatus? failure = null;
        for (var round = 0; round < plan.TriesPerServer; round++)
        {
            foreach (var server in servers)
            {
                if (!server.MaySend)
                {
                    continue;
                }

                var verdict = await AskServerAsync(server, asked, cancellationToken).ConfigureAwait(false);
                if (verdict.Response is not null)
                {
                    return verdict;
                }

                failure = LookupFailure.MoreTelling(failure, verdict.Failure);
            }
        }

        return ServerVerdict.Failed(failure ?? DnsLookupStatus.TimedOut);
    }

    private ServerState Begin(DnsServerEndpoint endpoint) =>
        new(endpoint, plan.Memory.WantsStream(endpoint) ? plan.StreamTransport : plan.FirstTransport);

    // Sends again at once only where the server itself is the reason: it does not know EDNS, or UDP will not do.
    private async ValueTask<ServerVerdict> AskServerAsync(ServerState server, DnsQuestion asked, CancellationToken cancellationToken)
    {
        while (server.MaySend && _attempts.Count < MaxSendings && Remaining is var remaining && remaining > TimeSpan.Zero)
        {
            var exchange = await SendAsync(server, asked, remaining, cancellationToken).ConfigureAwait(false);
            switch (exchange.Outcome)
            {
                case DnsExchangeOutcome.Answered when IsDatagram(server) && exchange.Response!.ResponseCode == DnsResponseCode.BadCookie:
                    if (!server.MayTryAnotherCookie())
                    {
                        server.SwitchTo(plan.StreamTransport);
                    }

                    break;

                case DnsExchangeOutcome.Answered when server.UsesEdns && IsEdnsUnknown(exchange.Response!):
                    server.DropEdns();
                    break;

                case DnsExchangeOutcome.Answered when IsDefinitive(exchange.Response!):
                    return ServerVerdict.Answered(exchange.Response!);

                case DnsExchangeOutcome.Truncated or DnsExchangeOutcome.Mismatched or DnsExchangeOutcome.CaseMismatched
                    or DnsExchangeOutcome.CookieMissing when IsDatagram(server):
                    server.SwitchTo(plan.StreamTransport);
                    break;

                case DnsExchangeOutcome.TimedOut:
                    return ServerVerdict.Failed(DnsLookupStatus.TimedOut);

                default:
                    server.GiveUp();
                    return ServerVerdict.Failed(LookupFailure.Of(exchange));
            }
        }

        return ServerVerdict.Failed(DnsLookupStatus.TimedOut);
    }

    private async ValueTask<DnsExchange> SendAsync(
        ServerState server,
        DnsQuestion asked,
        TimeSpan remaining,
        CancellationToken cancellationToken)
    {
        server.CountSending();
        var timeout = remaining < plan.TryTimeout ? remaining : plan.TryTimeout;
        DnsQuery query = new(asked, QueryFlags, server.UsesEdns ? plan.Memory.EdnsFor(server.Endpoint) : null);
        var exchange = await server.Transport.ExchangeAsync(server.Endpoint, query, timeout, cancellationToken)
            .ConfigureAwait(false);
        DnsAttempt attempt = new(server.Endpoint, server.Transport.Kind, asked, exchange.Outcome, exchange.Elapsed)
        {
            ResponseCode = exchange.Response?.ResponseCode,
            IgnoredPackets = exchange.IgnoredPackets,
            Detail = exchange.Detail ?? (exchange.Response is null ? null : LookupFailure.Explain(exchange.Response)),
        };
        Learn(server, exchange);
        _attempts.Add(attempt);
        plan.Observer.OnAttempt(attempt);
        return exchange;
    }

    private void Learn(ServerState server, DnsExchange exchange)
    {
        if (exchange.Outcome == DnsExchangeOutcome.CaseMismatched)
        {
            server.NoteBrokenCase();
        }

        if (exchange.Response is not { } response)
        {
            return;
        }

        // Only what came over TCP tells a server that does not repeat the case from somebody who guesses.
        if (server.BreaksCase)
        {
            plan.Memory.NoteBrokenCase(server.Endpoint);
        }

        if (server.UsesEdns)
        {
            plan.Memory.Learn(server.Endpoint, server.Transport.Kind, response);
        }
    }

    private bool IsDatagram(ServerState server) => server.Transport != plan.StreamTransport;

    private static bool IsEdnsUnknown(DnsMessage response) =>
        response.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented or DnsResponseCode.BadVersion;

    private static bool IsDefinitive(DnsMessage response) =>
        response.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NxDomain && !NegativeAnswer.IsReferral(response);
}
