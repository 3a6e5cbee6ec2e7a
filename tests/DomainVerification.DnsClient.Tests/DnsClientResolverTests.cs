using System.Net;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient.Tests;

public sealed class DnsClientResolverTests : IAsyncDisposable
{
    private const string Challenge = "_x-challenge.acme.example";

    private readonly ResolverBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task ResolveAsync_TxtAtANameWithUnderscore_AnswersItsText()
    {
        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal("token=abc", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        DnsAttempt attempt = Assert.Single(lookup.Attempts);
        Assert.Equal((DnsTransportKind.Udp, DnsExchangeOutcome.Answered), (attempt.Transport, attempt.Outcome));
        Assert.Equal(DnsResponseCode.NoError, attempt.ResponseCode);
    }

    [Fact]
    public async Task ResolveAsync_SeveralStringsInOneRecord_AreOneText()
    {
        _bench.Zone.Txt("split", [Encoding.ASCII.GetBytes("token="), Encoding.ASCII.GetBytes("abc")]);
        _bench.Zone.Txt("split", "another record");

        DnsLookup lookup = await _bench.AskAsync("split.acme.example");

        Assert.Equal(["another record", "token=abc"], lookup.Records.Cast<DnsTxtRecord>().Select(r => r.Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x00, (byte)'"', (byte)'a', 0x7F, 0xFE })]
    [InlineData(new byte[] { 0xC3, 0xA9, (byte)'\\', (byte)'2', (byte)'0', (byte)'0' })]
    [InlineData(new byte[] { (byte)'\\', (byte)'"', (byte)';', (byte)' ' })]
    [InlineData(new byte[0])]
    public async Task ResolveAsync_AnyOctetsInAString_AreKept(byte[] octets)
    {
        _bench.Zone.Txt("octets", [octets]);

        DnsLookup lookup = await _bench.AskAsync("octets.acme.example");

        Assert.Equal(octets, Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Strings[0].ToArray());
    }

    [Fact]
    public async Task ResolveAsync_RecordPublishedAfterANegativeAnswer_IsSeenAtOnce()
    {
        DnsLookup before = await _bench.AskAsync("late.acme.example");
        _bench.Zone.Txt("late", "token=new");
        DnsLookup after = await _bench.AskAsync("late.acme.example");
        _bench.Zone.ReplaceTxt("late", "token=newer");
        DnsLookup last = await _bench.AskAsync("late.acme.example");

        Assert.Equal(DnsLookupStatus.NxDomain, before.Status);
        Assert.Equal(_bench.Zone.NegativeTimeToLive, before.NegativeTtl);
        Assert.Equal("token=new", ((DnsTxtRecord)after.Records[0]).Text);
        Assert.Equal("token=newer", ((DnsTxtRecord)last.Records[0]).Text);
        Assert.Equal(3, _bench.Queries.Count);
    }

    [Fact]
    public async Task ResolveAsync_NameWithoutTheType_HasNoData()
    {
        DnsLookup lookup = await _bench.AskAsync(Challenge, DnsRecordType.AAAA);

        Assert.Equal(DnsLookupStatus.NoData, lookup.Status);
        Assert.NotNull(lookup.NegativeTtl);
    }

    [Fact]
    public async Task ResolveAsync_Aliases_AreFollowedAndTold()
    {
        _bench.Zone.Cname("a", "b.acme.example").Cname("b", Challenge);

        DnsLookup lookup = await _bench.AskAsync("a.acme.example");

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(["a.acme.example", "b.acme.example"], lookup.Aliases.Select(alias => alias.Name.ToString()));
        Assert.Equal(Challenge, lookup.CanonicalName.ToString());
    }

    [Fact]
    public async Task ResolveAsync_AliasWithIdnTarget_IsFollowed()
    {
        _bench.World.Zone("xn--bcher-kva.example").Txt("_x", "token=idn");
        _bench.Zone.Cname("idn", "_x.xn--bcher-kva.example");

        DnsLookup lookup = await _bench.AskAsync("idn.acme.example");

        Assert.Equal("token=idn", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
    }

    [Fact]
    public async Task ResolveAsync_RedirectedTree_IsFollowed()
    {
        _bench.Zone.Dname("old", "acme.example");

        DnsLookup lookup = await _bench.AskAsync("_x-challenge.old.acme.example");

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.IsType<DnsDnameRecord>(Assert.Single(lookup.Aliases).Source);
    }

    [Fact]
    public async Task ResolveAsync_AliasLoop_IsTold()
    {
        _bench.Zone.Cname("a", "b.acme.example").Cname("b", "a.acme.example");

        Assert.Equal(DnsLookupStatus.AliasLoop, (await _bench.AskAsync("a.acme.example")).Status);
    }

    [Fact]
    public async Task ResolveAsync_OtherTypes_AreReadWhole()
    {
        _bench.Zone.Address("host", IPAddress.Parse("192.0.2.7")).Address("host", IPAddress.Parse("2001:db8::7")).Mx("host", 10, "mx.acme.example");

        Assert.Equal("192.0.2.7", ((DnsARecord)(await _bench.AskAsync("host.acme.example", DnsRecordType.A)).Records[0]).Address.ToString());
        Assert.Equal("2001:db8::7", ((DnsAaaaRecord)(await _bench.AskAsync("host.acme.example", DnsRecordType.AAAA)).Records[0]).Address.ToString());
        Assert.Equal(10, ((DnsMxRecord)(await _bench.AskAsync("host.acme.example", DnsRecordType.MX)).Records[0]).Preference);
        Assert.IsType<DnsSoaRecord>((await _bench.AskAsync("acme.example", DnsRecordType.SOA)).Records[0]);
        Assert.All((await _bench.AskAsync("acme.example", DnsRecordType.NS)).Records, record => Assert.IsType<DnsNsRecord>(record));
    }

    [Theory]
    [InlineData(@"a\.b.acme.example")]
    [InlineData(@"a\032b.acme.example")]
    [InlineData(@"a\\b.acme.example")]
    public async Task ResolveAsync_NameThatTheLibraryWouldChange_IsNotSent(string name)
    {
        DnsLookup lookup = await _bench.AskAsync(name);

        Assert.Equal(DnsLookupStatus.Malformed, lookup.Status);
        Assert.Equal("name_not_askable", Assert.Single(lookup.Attempts).Detail);
        Assert.Empty(_bench.Queries);
    }

    [Fact]
    public async Task ResolveAsync_ClientForTcpOnly_UsesTcpOnly()
    {
        await using ResolverBench bench = new(options => options.UseTcpOnly = true);

        DnsLookup lookup = await bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(DnsTransportKind.Tcp, Assert.Single(lookup.Attempts).Transport);
        Assert.Equal(LoopbackTransport.Tcp, Assert.Single(bench.Queries).Transport);
    }

    [Fact]
    public async Task ResolveAsync_FirstServerFails_AsksTheNext()
    {
        await using LoopbackDnsServer broken = LoopbackDnsServer.Start(new DnsWorld());
        await using LoopbackDnsServer whole = LoopbackDnsServer.Start(_bench.World);
        broken.Faults.Add(DnsFault.ServFail());
        Library.LookupClient client = new(new Library.LookupClientOptions(broken.Endpoint, whole.Endpoint));
        DnsClientResolver resolver = new(client, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);

        DnsLookup lookup = await resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(Challenge), DnsRecordType.TXT), CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([broken.Endpoint.Port, whole.Endpoint.Port], lookup.Attempts.Select(attempt => attempt.Server.Port));
    }

    [Fact]
    public async Task ResolveAsync_TokenCancelledBefore_SendsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _bench.AskAsync(Challenge, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(_bench.Queries);
    }

    [Theory]
    [InlineData(LoopbackTransport.Udp)]
    [InlineData(LoopbackTransport.Tcp)]
    public async Task ResolveAsync_TokenCancelledMeanwhile_EndsAsCancelledAndNotAsTimeout(LoopbackTransport transport)
    {
        await using ResolverBench bench = new(options =>
        {
            options.UseTcpOnly = transport == LoopbackTransport.Tcp;
            options.Timeout = TimeSpan.FromMinutes(1);
        });
        bench.Faults.Add(DnsFault.Drop());
        using CancellationTokenSource source = new();

        Task<DnsLookup> lookup = bench.AskAsync(Challenge, cancellationToken: source.Token).AsTask();
        await bench.WaitForQueriesAsync(1);
        await source.CancelAsync();

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => lookup.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(source.Token, exception.CancellationToken);
    }
}
