using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// The asking of one server until it has said all that it will: again at once only where the server itself is the reason, because it does
/// not know EDNS, wants another cookie, or UDP will not do.
/// </summary>
internal sealed class ServerConversation(LookupPlan plan, SendingAccount account, DnsHeaderFlags flags)
{
    /// <summary>A server that nothing was sent to yet.</summary>
    public ServerState Begin(DnsServerEndpoint endpoint) => new(endpoint, plan.TransportFor(endpoint));

    /// <summary>
    /// Asks, and gives the last exchange: an answer of whatever code, a time-out, or a failure that asking again does not mend. Null where
    /// nothing more may be sent.
    /// </summary>
    /// <param name="server">Whom to ask.</param>
    /// <param name="asked">What to ask.</param>
    /// <param name="begun">A sending that has been made already, and is charged; null for none.</param>
    /// <param name="cancellationToken">Ends the asking at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DnsExchange?> AskAsync(
        ServerState server,
        DnsQuestion asked,
        FirstSending? begun,
        CancellationToken cancellationToken)
    {
        if (begun is { } first)
        {
            server.SwitchTo(first.Transport);
            server.CountSending();
            if (IsLast(server, asked, first.Exchange))
            {
                return first.Exchange;
            }
        }

        while (server.MaySend && account.TryBegin() is { } remaining)
        {
            server.CountSending();
            var queue = await plan.Turns.EnterAsync(server.Endpoint, remaining, cancellationToken).ConfigureAwait(false);
            if (queue is null)
            {
                // Nothing was sent, and no time is left.
                return new DnsExchange(DnsExchangeOutcome.TimedOut, remaining);
            }

            DnsExchange exchange;
            try
            {
                exchange = await ExchangeAsync(server, asked, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                queue.Leave();
            }

            if (IsLast(server, asked, exchange))
            {
                return exchange;
            }
        }

        return null;
    }

    /// <inheritdoc cref="AskAsync(ServerState, DnsQuestion, FirstSending?, CancellationToken)"/>
    public ValueTask<DnsExchange?> AskAsync(ServerState server, DnsQuestion asked, CancellationToken cancellationToken) =>
        AskAsync(server, asked, begun: null, cancellationToken);

    private bool IsLast(ServerState server, DnsQuestion asked, DnsExchange exchange)
    {
        Note(server, asked, exchange);
        return !IsToBeRepeated(server, exchange);
    }

    /// <summary>Whether the server is to be asked again at once, and if so, in another way.</summary>
    private bool IsToBeRepeated(ServerState server, DnsExchange exchange)
    {
        switch (exchange.Outcome)
        {
            case DnsExchangeOutcome.Answered when IsDatagram(server) && exchange.Response!.ResponseCode == DnsResponseCode.BadCookie:
                if (!server.MayTryAnotherCookie())
                {
                    server.SwitchTo(plan.StreamTransport);
                }

                return true;

            case DnsExchangeOutcome.Answered when server.UsesEdns && IsEdnsUnknown(exchange.Response!):
                server.DropEdns();
                return true;

            case DnsExchangeOutcome.Truncated or DnsExchangeOutcome.Mismatched or DnsExchangeOutcome.CaseMismatched
                or DnsExchangeOutcome.CookieMissing when IsDatagram(server):
                server.SwitchTo(plan.StreamTransport);
                return true;

            default:
                return false;
        }
    }

    private void Note(ServerState server, DnsQuestion asked, DnsExchange exchange)
    {
        var attempt = DnsAttempt.Of(server.Endpoint, server.Transport.Kind, asked, exchange);
        Learn(server, exchange);
        account.Note(attempt);
        plan.Observer.OnAttempt(attempt);
    }

    private ValueTask<DnsExchange> ExchangeAsync(ServerState server, DnsQuestion asked, CancellationToken cancellationToken)
    {
        var remaining = account.Remaining;
        if (remaining <= TimeSpan.Zero)
        {
            return ValueTask.FromResult(new DnsExchange(DnsExchangeOutcome.TimedOut, TimeSpan.Zero));
        }

        var timeout = remaining < plan.TryTimeout ? remaining : plan.TryTimeout;
        DnsQuery query = new(asked, flags, server.UsesEdns ? plan.Memory.EdnsFor(server.Endpoint, plan.TimeProvider.GetTimestamp()) : null);
        return server.Transport.ExchangeAsync(server.Endpoint, query, timeout, cancellationToken);
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

    private static bool IsDatagram(ServerState server) => server.Transport.Kind == DnsTransportKind.Udp;

    private static bool IsEdnsUnknown(DnsMessage response) =>
        response.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented or DnsResponseCode.BadVersion;
}
