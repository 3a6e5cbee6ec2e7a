using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient.Tests;

/// <summary>A world, a server on loopback that answers from it, and the resolver over a client of that server.</summary>
internal sealed class ResolverBench : IAsyncDisposable
{
    private readonly LoopbackDnsServer _server;
    private readonly DnsClientResolver _resolver;

    public ResolverBench(Action<Library.LookupClientOptions>? configure = null)
    {
        World.Zone("acme.example").Txt("_x-challenge", "token=abc");
        _server = LoopbackDnsServer.Start(World);

        // Long enough for a busy machine; tests of time-outs set their own.
        Library.LookupClientOptions options = new(_server.Endpoint) { Timeout = TimeSpan.FromSeconds(10) };
        configure?.Invoke(options);
        _resolver = new DnsClientResolver(
            new Library.LookupClient(options),
            TimeProvider.System,
            NullLogger<ConfiguredServersResolver>.Instance);
    }

    public DnsWorld World { get; } = new();

    public DnsZone Zone => World.Zone("acme.example");

    public DnsFaults Faults => _server.Faults;

    public IReadOnlyList<ReceivedQuery> Queries => _server.Queries;

    public ValueTask<DnsLookup> AskAsync(string name, DnsRecordType type = DnsRecordType.TXT, CancellationToken cancellationToken = default) =>
        _resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), type), cancellationToken);

    public Task WaitForQueriesAsync(int count) =>
        _server.WaitForQueriesAsync(count, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
