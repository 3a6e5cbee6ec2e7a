namespace DomainVerification.Dns.Tests;

/// <summary>A transport without sockets: a function of server and query.</summary>
internal sealed class ScriptedTransport(DnsTransportKind kind, Func<DnsServerEndpoint, DnsQuery, DnsExchange> answer) : IDnsTransport
{
    public DnsTransportKind Kind => kind;

    public List<(DnsServerEndpoint Server, DnsQuery Query, TimeSpan Timeout)> Sent { get; } = [];

    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Sent.Add((server, query, timeout));
        return ValueTask.FromResult(answer(server, query));
    }
}
