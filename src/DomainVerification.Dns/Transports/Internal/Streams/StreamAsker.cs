namespace DomainVerification.Dns;

/// <summary>One exchange: a query, and where its connection ended before the answer, one more try on a fresh one (RFC 7766, section 6.2.4).</summary>
internal sealed class StreamAsker(StreamPool pool, ServerConnections connections, DnsServerEndpoint server, ExchangeTimer timer)
{
    private const int MaxTries = 2;

    /// <summary>How many messages were passed over.</summary>
    public int Ignored { get; private set; }

    public async ValueTask<DnsExchange> AskAsync(DnsQuery query, DnsTransportKind kind)
    {
        var after = 0L;
        for (var tries = 1; ; tries++)
        {
            StreamQuery asked = new(query, kind);
            if (pool.Place(server, connections, asked, after) is not { } connection)
            {
                return End(StreamReply.From(StreamFault.Disposed));
            }

            after = connection.Number;
            var reply = await WaitAsync(connection, asked).ConfigureAwait(false);
            if (!reply.MayRetry || tries == MaxTries)
            {
                return End(reply);
            }
        }
    }

    private async ValueTask<StreamReply> WaitAsync(StreamConnection connection, StreamQuery asked)
    {
        try
        {
            var reply = await asked.Reply.WaitAsync(timer.Token).ConfigureAwait(false);
            asked.Dispose();
            return reply;
        }
        catch (OperationCanceledException)
        {
            connection.Abandon(asked, timer.IsTimeout);
            throw;
        }
        finally
        {
            Ignored += asked.Ignored;
        }
    }

    private DnsExchange End(StreamReply reply) => timer.End(reply.Outcome) with
    {
        Response = reply.Response,
        Detail = reply.Detail,
        IgnoredPackets = Ignored,
    };
}
