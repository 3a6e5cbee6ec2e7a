using System.Globalization;

namespace DomainVerification.Dns.Tests;

/// <summary>A transport that answers when the test says so, and may be told that a text is enough.</summary>
/// <param name="heedsTokens">Whether a sending ends with its token.</param>
internal sealed class HeldReplies(bool heedsTokens = true) : IDnsTransport, IReplyTransport
{
    private readonly Lock _gate = new();
    private readonly List<Sending> _sent = [];

    public DnsTransportKind Kind => DnsTransportKind.Udp;

    public IReadOnlyList<Sending> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public static DnsQuestion Question(int index) =>
        new(DnsName.Parse(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com")), DnsRecordType.TXT);

    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken) =>
        (await SendAsync(server, query.Question, takesText: false, cancellationToken)).Exchange!;

    public ValueTask<DnsReply> AskAsync(DnsServerEndpoint server, in QueryParts query, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(SendAsync(server, query.Question, takesText: true, cancellationToken));

    /// <summary>Answers a sending by the name that it asks for.</summary>
    public void Answer(int index)
    {
        var sending = Sent[index];
        DnsMessage message = new()
        {
            Flags = DnsHeaderFlags.Response,
            Questions = [sending.Question],
            Answers = [ResolverBench.Text(sending.Question.Name.ToString(), sending.Question.Name.ToString())],
        };
        var isText = LoneText.TryRead(DnsMessageWriter.Write(message), sending.Question, needsAuthority: false, default, out var text);
        Assert.True(isText);
        sending.Reply.TrySetResult(sending.TakesText
            ? new DnsReply(text, 1, DnsAuthenticData.NotClaimed)
            : new DnsReply(ResolverBench.Answered(message)));
    }

    public void Fail(int index) => Sent[index].Reply.SetResult(new DnsReply(ResolverBench.Failed(DnsExchangeOutcome.Unreachable)));

    private Task<DnsReply> SendAsync(DnsServerEndpoint server, DnsQuestion question, bool takesText, CancellationToken cancellationToken)
    {
        Sending sending = new(server, question, takesText, cancellationToken);
        lock (_gate)
        {
            _sent.Add(sending);
        }

        return heedsTokens ? sending.Reply.Task.WaitAsync(cancellationToken) : sending.Reply.Task;
    }

    /// <param name="Server">To whom.</param>
    /// <param name="Question">What was asked.</param>
    /// <param name="TakesText">Whether a text is enough.</param>
    /// <param name="Token">What ends it.</param>
    internal sealed record Sending(DnsServerEndpoint Server, DnsQuestion Question, bool TakesText, CancellationToken Token)
    {
        public TaskCompletionSource<DnsReply> Reply { get; } = new();
    }
}
