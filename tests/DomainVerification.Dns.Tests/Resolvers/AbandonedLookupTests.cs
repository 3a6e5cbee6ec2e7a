using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>A look-up that everybody gave up before its first sending.</summary>
public sealed class AbandonedLookupTests
{
    [Fact]
    public async Task GivenUpBeforeTheFirstSending_SendsNothing()
    {
        HeedlessTransport transport = new();
        DnsResolverOptions options = new();
        IReadOnlyList<DnsServerEndpoint> servers = [ResolverBench.First];
        var plan = LookupPlan.From(options, servers, transport, transport, TimeProvider.System, new LookupObserver(NullLogger.Instance));
        ConfiguredLookups configured = new(plan, () => servers, new FailureMemory(TimeSpan.Zero, TimeProvider.System));
        SharedLookups lookups = new(lookups => new ServersLookup(lookups, configured));

        var lookup = lookups.RunAsync(ResolverBench.Question, new CancellationToken(canceled: true)).AsTask();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
        Assert.Equal(0, transport.Sendings);
    }

    /// <summary>A host's own transport that asks no token before it sends.</summary>
    private sealed class HeedlessTransport : IDnsTransport
    {
        public int Sendings { get; private set; }

        public DnsTransportKind Kind => DnsTransportKind.Udp;

        public ValueTask<DnsExchange> ExchangeAsync(
            DnsServerEndpoint server,
            DnsQuery query,
            TimeSpan timeout,
            CancellationToken cancellationToken)
        {
            Sendings++;
            return ValueTask.FromResult(ResolverBench.Answered(DnsResponseCode.NoError));
        }
    }
}
