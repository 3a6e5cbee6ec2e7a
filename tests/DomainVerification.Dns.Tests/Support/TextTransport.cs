namespace DomainVerification.Dns.Tests;

/// <summary>Another transport whose replies are texts where nothing else is in them.</summary>
/// <param name="inner">The other one.</param>
/// <param name="isLate">Whether a reply comes only with <see cref="TryGoOn"/>.</param>
internal sealed class TextTransport(IDnsTransport inner, bool isLate = false) : IDnsTransport, IReplyTransport
{
    // A code beyond it has a part in EDNS.
    private const DnsResponseCode MostInHeader = (DnsResponseCode)15;

    private readonly Queue<Action> _late = new();

    public DnsTransportKind Kind => inner.Kind;

    /// <summary>How many replies were a text.</summary>
    public int Texts { get; private set; }

    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken) => inner.ExchangeAsync(server, query, timeout, cancellationToken);

    public ValueTask<DnsReply> AskAsync(
        DnsServerEndpoint server,
        in QueryParts query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        DnsQuery whole = new(query.Question, query.Flags, query.Edns);
        if (!isLate)
        {
            return AskAtOnceAsync(server, whole, timeout, cancellationToken);
        }

        TaskCompletionSource<DnsReply> reply = new();
        _late.Enqueue(() =>
        {
            try
            {
                reply.SetResult(Ask());
            }
            catch (InvalidOperationException error)
            {
                reply.SetException(error);
            }
        });
        return new ValueTask<DnsReply>(reply.Task);

        // What the script tells is there at once.
        DnsReply Ask() => ReplyTo(whole, inner.ExchangeAsync(server, whole, timeout, cancellationToken).AsTask().GetAwaiter().GetResult());
    }

    private async ValueTask<DnsReply> AskAtOnceAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken) =>
        ReplyTo(query, await inner.ExchangeAsync(server, query, timeout, cancellationToken).ConfigureAwait(false));

    /// <summary>Lets the next reply come; false where none is to come.</summary>
    public bool TryGoOn()
    {
        if (!_late.TryDequeue(out var reply))
        {
            return false;
        }

        reply();
        return true;
    }

    private DnsReply ReplyTo(DnsQuery query, DnsExchange exchange)
    {
        var cookie = DnsCookie.Find(query.Edns)?.Data ?? default;
        var needsAuthority = !query.Flags.HasFlag(DnsHeaderFlags.RecursionDesired);
        if (exchange is not { Response: { } response, IgnoredPackets: 0 }
            || !LoneText.TryRead(Write(query.Question, response), query.Question, needsAuthority, cookie.Span, out var text))
        {
            return new DnsReply(exchange);
        }

        Texts++;
        var isAuthentic = response.Flags.HasFlag(DnsHeaderFlags.AuthenticData);
        var authenticData = isAuthentic ? DnsAuthenticData.ClaimedByServer : DnsAuthenticData.NotClaimed;
        return new DnsReply(text, (uint)exchange.Elapsed.Ticks, authenticData);
    }

    private static byte[] Write(DnsQuestion question, DnsMessage response) => DnsMessageWriter.Write(new DnsMessage
    {
        Flags = response.Flags,
        ResponseCode = response.ResponseCode,
        Questions = [question],
        Answers = response.Answers,
        Authorities = response.Authorities,
        Additionals = response.Additionals,
        Edns = response.Edns ?? (response.ResponseCode > MostInHeader ? new DnsEdns() : null),
    });
}
