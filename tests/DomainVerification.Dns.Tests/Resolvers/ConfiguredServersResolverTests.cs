using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

/// <summary>The resolver over real sockets.</summary>
public sealed class ConfiguredServersResolverTests
{
    private static readonly DnsQuestion Question = new(DnsName.Parse("_acme-challenge.example.com"), DnsRecordType.TXT);

    [Fact]
    public async Task Resolve_HonestServer_Answers()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        AssertProved(await Resolver(server).ResolveAsync(Question, CancellationToken.None), DnsTransportKind.Udp);
    }

    [Fact]
    public async Task ResolveAt_OneOfTwoServers_IsTheOnlyOneAsked()
    {
        var asked = 0;
        await using RawServer other = new(query =>
        {
            Interlocked.Increment(ref asked);
            return [Answers.Text(query)];
        });
        await using RawServer server = new(query => [Answers.Text(query)]);
        var resolver = Resolver(other);

        var lookup = await resolver.ResolveAtAsync(server.Endpoint, Question, CancellationToken.None);

        AssertProved(lookup, DnsTransportKind.Udp);
        Assert.Equal(server.Endpoint, lookup.Attempts[0].Server);
        Assert.Equal(0, asked);
        Assert.Equal([other.Endpoint], resolver.Servers);
    }

    [Fact]
    public async Task W08_Truncated_IsAskedOverTcp()
    {
        await using RawServer server = new(query => [Answers.Truncated(query)], query => RawServer.Prefixed(Answers.Text(query)));

        AssertProved(
            await Resolver(server).ResolveAsync(Question, CancellationToken.None),
            DnsTransportKind.Udp,
            DnsTransportKind.Tcp);
    }

    [Fact]
    public async Task W04_FloodOfForgedPackets_IsAskedOverTcp()
    {
        await using RawServer server = new(
            query => Enumerable.Repeat(Answers.WrongId(query), 20),
            query => RawServer.Prefixed(Answers.Text(query)));

        var lookup = await Resolver(server).ResolveAsync(Question, CancellationToken.None);

        AssertProved(lookup, DnsTransportKind.Udp, DnsTransportKind.Tcp);
        Assert.Equal(9, lookup.Attempts[0].IgnoredPackets);
    }

    [Fact]
    public async Task W05_ServerThatFoldsCase_IsAskedOverTcp()
    {
        await using RawServer server = new(query => [Answers.OtherCase(query)], query => RawServer.Prefixed(Answers.Text(query)));

        AssertProved(
            await Resolver(server).ResolveAsync(Question, CancellationToken.None),
            DnsTransportKind.Udp,
            DnsTransportKind.Tcp);
        Assert.True(Answers.Read(server.TcpQueries.Single()).Question!.Name.EqualsExactly(Question.Name));
    }

    [Fact]
    public async Task W11_ServerWithoutEdns_IsAskedWithout()
    {
        await using RawServer server = new(query => Answers.Read(query).Edns is null
            ? [Answers.Text(query)]
            : [Answers.Code(query, DnsResponseCode.FormatError)]);

        AssertProved(
            await Resolver(server).ResolveAsync(Question, CancellationToken.None),
            DnsTransportKind.Udp,
            DnsTransportKind.Udp);
    }

    [Fact]
    public async Task Resolve_FirstServerSilent_SecondAnswers()
    {
        await using RawServer silent = new();
        await using RawServer server = new(query => [Answers.Text(query)]);

        var lookup = await Resolver(silent, server).ResolveAsync(Question, CancellationToken.None);

        AssertProved(lookup, DnsTransportKind.Udp, DnsTransportKind.Udp);
        Assert.Equal(DnsExchangeOutcome.TimedOut, lookup.Attempts[0].Outcome);
    }

    [Fact]
    public async Task Resolve_NobodyListens_IsUnreachable()
    {
        RawServer gone = new();
        var resolver = Resolver(gone);
        await gone.DisposeAsync();

        var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Unreachable, lookup.Status);
        Assert.Equal("connection_refused", Assert.Single(lookup.Attempts).Detail);
    }

    [Fact]
    public async Task Resolve_CancelledWhileWaiting_ThrowsPromptly()
    {
        using CancellationTokenSource source = new();
        await using RawServer server = new(_ =>
        {
            source.Cancel();
            return [];
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Resolver(server).ResolveAsync(Question, source.Token).AsTask());
        Assert.Single(server.UdpQueries);
    }

    [Fact]
    public async Task Resolve_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using RawServer server = new(query =>
        {
            var asked = Answers.Read(query).Question!.Name.ToString();
            return [Answers.Text(query, asked.ToLowerInvariant())];
        });
        DnsResolverOptions options = new() { TryTimeout = TimeSpan.FromSeconds(10), Servers = { server.Endpoint.ToString() } };
        ConfiguredServersResolver resolver = new(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"n{i}.example.com")];

        var lookups = await Task.WhenAll(names.Select(name =>
            resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), DnsRecordType.TXT), CancellationToken.None).AsTask()));

        Assert.Equal(names, lookups.Select(lookup => ((DnsTxtRecord)Assert.Single(lookup.Records)).Text));
    }

    private static ConfiguredServersResolver Resolver(params RawServer[] servers)
    {
        // Short, because one test waits for it; more is only waited for by a test that fails.
        DnsResolverOptions options = new() { TryTimeout = TimeSpan.FromMilliseconds(servers.Length > 1 ? 300 : 10_000) };
        foreach (var server in servers)
        {
            options.Servers.Add(server.Endpoint.ToString());
        }

        return new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);
    }

    private static void AssertProved(DnsLookup lookup, params DnsTransportKind[] transports)
    {
        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.True(lookup.Records[0].Name.EqualsExactly(Question.Name));
        Assert.Equal(transports, lookup.Attempts.Select(attempt => attempt.Transport));
    }
}
