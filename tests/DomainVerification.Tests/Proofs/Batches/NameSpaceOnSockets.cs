using DomainVerification.Dns;
using DomainVerification.Testing;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>The servers of a name space behind real sockets: what is for one of their addresses goes to a port of loopback.</summary>
internal sealed class NameSpaceOnSockets : IDnsTransport, IAsyncDisposable
{
    private readonly Dictionary<DnsServerEndpoint, LoopbackDnsServer> _servers = [];
    private readonly UdpDnsTransport _transport = new(TimeProvider.System);

    public NameSpaceOnSockets(NameSpace space)
    {
        foreach (var (endpoint, server) in space.Servers)
        {
            _servers.Add(endpoint, LoopbackDnsServer.Start(server.World));
        }
    }

    public DnsTransportKind Kind => DnsTransportKind.Udp;

    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken) =>
        _transport.ExchangeAsync(DnsServerEndpoint.Parse(_servers[server].Endpoint.ToString()), query, timeout, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
