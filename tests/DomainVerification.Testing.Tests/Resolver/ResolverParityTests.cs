using DomainVerification.Dns;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Testing.Tests.Resolver;

/// <summary>The same world and the same faults give the same look-up over real sockets and in memory.</summary>
public sealed class ResolverParityTests : IAsyncDisposable
{
    private readonly DnsWorld _world = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly LoopbackDnsServer _server;
    private readonly InMemoryDnsResolver _inMemory;
    private readonly ConfiguredServersResolver _overSockets;

    public ResolverParityTests()
    {
        _world.Zone("acme.example")
            .Txt("_x", "right").Txt("_x", "other").Txt("large", new string('x', 3000)).Txt("*.any", "wild").Mx("mail", 1, ".")
            .Cname("alias", "_x.vendor.example").Cname("dead", "none.vendor.example").Cname("loop", "loop.vendor.example")
            .Dname("moved", "vendor.example");
        _world.Zone("vendor.example").Txt("_x", "there").Cname("loop", "loop.acme.example");
        _server = LoopbackDnsServer.Start(_world);
        _inMemory = new InMemoryDnsResolver(_world);
        var options = new DnsResolverOptions { Servers = { _server.Endpoint.ToString() }, TriesPerServer = 2 };
        _overSockets = new ConfiguredServersResolver(options, _clock, NullLogger<ConfiguredServersResolver>.Instance);
    }

    public static TheoryData<string> Names =>
    [
        "_x.acme.example", "large.acme.example", "a.any.acme.example", "mail.acme.example", "alias.acme.example", "dead.acme.example",
        "loop.acme.example", "_x.moved.acme.example", "moved.acme.example", "none.acme.example", "acme.example", "nobody.test",
    ];

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    private static Dictionary<string, DnsFault> Faults => new()
    {
        ["truncate"] = DnsFault.Truncate(),
        ["wrong id then answer"] = DnsFault.WrongId().ThenAnswer(),
        ["wrong question then answer"] = DnsFault.WrongQuestion().ThenAnswer(),
        ["wrong case"] = DnsFault.WrongCase(),
        ["wrong owner"] = DnsFault.WrongOwner(),
        ["other port then answer"] = DnsFault.OtherSourcePort().ThenAnswer(),
        ["servfail"] = DnsFault.ServFail(),
        ["refused"] = DnsFault.Refused(),
        ["not implemented"] = DnsFault.Code(DnsResponseCode.NotImplemented),
        ["formerr to edns"] = DnsFault.FormErrToEdns(),
        ["malformed then answer"] = DnsFault.Malformed().ThenAnswer(),
        ["malformed over tcp"] = DnsFault.Malformed().Over(LoopbackTransport.Tcp),
        ["garbage then answer"] = DnsFault.Garbage().ThenAnswer(),
        ["huge over tcp"] = DnsFault.Huge().Over(LoopbackTransport.Tcp),
        ["duplicate"] = DnsFault.Duplicate(),
        ["close"] = DnsFault.Close(),
        ["close halfway"] = DnsFault.CloseHalfway(),
    };

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ResolveAsync_EveryKindOfName_IsTheSame(string name) => await AssertSameAsync(name);

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task ResolveAsync_EveryFault_IsTheSame(string fault)
    {
        foreach (var name in new[] { "_x.acme.example", "large.acme.example" })
        {
            _server.Faults.Clear();
            _inMemory.Faults.Clear();
            _server.Faults.Add(Faults[fault]);
            _inMemory.Faults.Add(Faults[fault]);
            await AssertSameAsync(name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ResolveAsync_DroppedQueries_IsTheSame(int dropped)
    {
        _server.Faults.Add(DnsFault.Drop().Times(dropped));
        _inMemory.Faults.Add(DnsFault.Drop().Times(dropped));
        var timeouts = PassTimeAsync(dropped);

        await AssertSameAsync("_x.acme.example");

        await timeouts;
    }

    /// <summary>A dropped query has reached the server, so nothing but its timeout can come any more.</summary>
    private async Task PassTimeAsync(int dropped)
    {
        for (var query = 1; query <= dropped; query++)
        {
            await _server.WaitForQueriesAsync(query, Deadline.Token);
            _clock.Advance(TimeSpan.FromSeconds(2));
        }
    }

    private async Task AssertSameAsync(string name)
    {
        var question = new DnsQuestion(DnsName.Parse(name), DnsRecordType.TXT);

        var overSockets = await _overSockets.ResolveAsync(question, Deadline.Token);
        var inMemory = await _inMemory.ResolveAsync(question, Deadline.Token);

        Assert.Equal(Describe(overSockets), Describe(inMemory));
        Assert.Equal(
            _server.Queries.Select(query => (query.Name.ToUpperInvariant(), query.Transport)),
            _inMemory.Queries.Select(query => (query.Name.ToUpperInvariant(), query.Transport)));
    }

    // In upper case, since over UDP the letters of a name are as random as its id.
    private static string Describe(DnsLookup lookup) => string.Join('\n', [
        $"{lookup.Status} {lookup.Detail} {lookup.NegativeTtl} {lookup.CanonicalName} {lookup.AuthenticData}",
        .. lookup.Records.Select(record => $"{record} {(record as DnsTxtRecord)?.Text}"),
        .. lookup.Aliases.Select(alias => $"{alias.Name} -> {alias.Target}"),
        .. lookup.Attempts.Select(Describe)]).ToUpperInvariant();

    private static string Describe(DnsAttempt attempt) =>
        $"{attempt.Transport} {attempt.Outcome} {attempt.ResponseCode} {attempt.Detail} {attempt.IgnoredPackets}";
}
