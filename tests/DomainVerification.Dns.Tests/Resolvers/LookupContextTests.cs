using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>What a look-up does after its first answer belongs to who began it: scopes of logs and traces are found there.</summary>
public sealed class LookupContextTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly AsyncLocal<string?> Caller = new();

    [Fact]
    public async Task AnswerThatComesLater_IsLoggedInTheCallersContext()
    {
        using HeldServer server = new();
        using UdpDnsTransport udp = new(TimeProvider.System);
        List<string?> callers = [];
        RecordingLogger<ConfiguredServersResolver> logger = new(() => callers.Add(Caller.Value));
        await using var resolver = Create(server, udp, Unused, logger);

        var lookup = AskAsync(resolver, "one");
        server.Answer(await server.ReceiveAsync(1));

        Assert.Equal(DnsLookupStatus.Answered, (await lookup.WaitAsync(Patience)).Status);
        Assert.Equal(["one"], callers);
    }

    [Fact]
    public async Task NextSending_IsMadeInTheCallersContext()
    {
        using HeldServer server = new();
        using UdpDnsTransport udp = new(TimeProvider.System);
        List<string?> callers = [];
        ScriptedTransport tcp = new(DnsTransportKind.Tcp, (_, _) =>
        {
            callers.Add(Caller.Value);
            return ResolverBench.Answered(DnsResponseCode.NoError, ResolverBench.Text(ResolverBench.Name.ToString()));
        });
        await using var resolver = Create(server, udp, tcp, NullLogger<ConfiguredServersResolver>.Instance);

        var lookup = AskAsync(resolver, "one");
        var query = Assert.Single(await server.ReceiveAsync(1));
        server.Send(Answers.Truncated(query.Octets), query.Sender);

        Assert.Equal(DnsLookupStatus.Answered, (await lookup.WaitAsync(Patience)).Status);
        Assert.Equal(["one"], callers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswerOfServersOfAZone_IsLoggedInTheCallersContext(bool isWhole)
    {
        HeldZone zone = new([0, 1, 2]);
        List<string?> callers = [];
        RecordingLogger<AuthoritativeResolver> logger = new(() => callers.Add(Caller.Value));
        using var resolver = zone.Resolver(logger: logger);
        await zone.WarmAsync(resolver);
        zone.Hold();
        callers.Clear();

        var lookup = AskZoneAsync(resolver, zone, "one");
        zone.Reply(0);
        zone.Reply(1);
        if (isWhole)
        {
            zone.Reply(2);
        }
        else
        {
            zone.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(DnsLookupStatus.Answered, (await lookup.WaitAsync(Patience)).Status);
        Assert.Equal(["one"], callers);
    }

    private static ScriptedTransport Unused { get; } =
        new(DnsTransportKind.Tcp, (_, _) => throw new InvalidOperationException("TCP was not expected."));

    private static ConfiguredServersResolver Create(
        HeldServer server,
        UdpDnsTransport udp,
        ScriptedTransport tcp,
        ILogger<ConfiguredServersResolver> logger)
    {
        DnsResolverOptions options = new();
        options.Servers.Add(server.Endpoint.ToString());
        return new ConfiguredServersResolver(options, udp, tcp, TimeProvider.System, logger);
    }

    private static async Task<DnsLookup> AskZoneAsync(AuthoritativeResolver resolver, HeldZone zone, string caller)
    {
        for (var i = 0; i < zone.Hosts.Count; i++)
        {
            zone[i].Zone("acme.example").Txt("_proof", "token");
        }

        Caller.Value = caller;
        return await resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None);
    }

    private static async Task<DnsLookup> AskAsync(ConfiguredServersResolver resolver, string caller)
    {
        Caller.Value = caller;
        return await resolver.ResolveAsync(ResolverBench.Question, CancellationToken.None);
    }
}
