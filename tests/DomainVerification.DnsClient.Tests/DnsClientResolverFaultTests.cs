using DomainVerification.Dns;
using DomainVerification.Testing;

namespace DomainVerification.DnsClient.Tests;

public sealed class DnsClientResolverFaultTests : IAsyncDisposable
{
    private const string Challenge = "_x-challenge.acme.example";

    private readonly ResolverBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    public static TheoryData<DnsResponseCode, DnsLookupStatus> Codes => new()
    {
        { DnsResponseCode.ServerFailure, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.Refused, DnsLookupStatus.Refused },
        { DnsResponseCode.NxDomain, DnsLookupStatus.NxDomain },
        { DnsResponseCode.FormatError, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.NotImplemented, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.YxDomain, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.YxRrSet, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.NxRrSet, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.NotAuthoritative, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.NotZone, DnsLookupStatus.ServerFailure },
        { (DnsResponseCode)11, DnsLookupStatus.ServerFailure },
        { DnsResponseCode.BadCookie, DnsLookupStatus.ServerFailure },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task ResolveAsync_EveryResponseCode_HasItsStatus(DnsResponseCode code, DnsLookupStatus status)
    {
        _bench.Faults.Add(DnsFault.Code(code));

        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(status, lookup.Status);
        Assert.Equal(code, lookup.Attempts[^1].ResponseCode);
        Assert.Empty(lookup.Records);
    }

    [Theory]
    [InlineData(DnsResponseCode.FormatError)]
    [InlineData(DnsResponseCode.BadVersion)]
    public async Task ResolveAsync_ServerThatDoesNotKnowEdns_IsAskedWithoutIt(DnsResponseCode code)
    {
        _bench.Faults.Add(code == DnsResponseCode.FormatError ? DnsFault.FormErrToEdns() : DnsFault.Code(code));

        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([true, false], _bench.Queries.Select(query => query.Message.Edns is not null));
    }

    [Fact]
    public async Task ResolveAsync_Edns_AnnouncesTheSafePayloadSize()
    {
        await _bench.AskAsync(Challenge);

        Assert.Equal(DnsEdns.DefaultUdpPayloadSize, Assert.Single(_bench.Queries).Message.Edns?.UdpPayloadSize);
    }

    [Fact]
    public async Task ResolveAsync_SilentServer_IsTriedAgainAndThenTimesOut()
    {
        await using ResolverBench bench = new(options =>
        {
            options.Timeout = TimeSpan.FromMilliseconds(50);
            options.Retries = 1;
        });
        bench.Faults.Add(DnsFault.Drop());

        DnsLookup lookup = await bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.Equal([DnsExchangeOutcome.TimedOut, DnsExchangeOutcome.TimedOut], lookup.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task ResolveAsync_TruncatedResponse_IsAskedForOverTcp()
    {
        _bench.Zone.Txt("large", new string('x', 3000));

        DnsLookup lookup = await _bench.AskAsync("large.acme.example");

        Assert.Equal(3000, Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text.Length);
        Assert.Equal(
            [(DnsTransportKind.Udp, DnsExchangeOutcome.Truncated), (DnsTransportKind.Tcp, DnsExchangeOutcome.Answered)],
            lookup.Attempts.Select(attempt => (attempt.Transport, attempt.Outcome)));
    }

    [Fact]
    public async Task ResolveAsync_TruncatedOverTcpToo_IsMalformed()
    {
        _bench.Faults.Add(DnsFault.Truncate());
        _bench.Faults.Add(DnsFault.Truncate().Over(LoopbackTransport.Tcp));

        Assert.Equal(DnsLookupStatus.Malformed, (await _bench.AskAsync(Challenge)).Status);
    }

    [Fact]
    public async Task ResolveAsync_WrongIdOverUdp_IsNotTakenAndAskedForOverTcp()
    {
        _bench.Faults.Add(DnsFault.WrongId().Over(LoopbackTransport.Udp));

        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([DnsExchangeOutcome.Mismatched, DnsExchangeOutcome.Answered], lookup.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal("id_mismatch", lookup.Attempts[0].Detail);
    }

    [Fact]
    public async Task ResolveAsync_AnswerToAnotherQuestion_IsNeverTaken()
    {
        _bench.Faults.Add(DnsFault.WrongQuestion());

        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.Malformed, lookup.Status);
        Assert.All(lookup.Attempts, attempt => Assert.Equal("question_mismatch", attempt.Detail));
    }

    [Fact]
    public async Task ResolveAsync_QueryEchoedBack_IsNeverTaken()
    {
        _bench.Faults.Add(DnsFault.OfMessage((query, _) => query));

        Assert.Equal(DnsLookupStatus.Malformed, (await _bench.AskAsync(Challenge)).Status);
    }

    [Fact]
    public async Task ResolveAsync_RecordsOfAnotherName_SayNothing()
    {
        _bench.Faults.Add(DnsFault.WrongOwner());

        DnsLookup lookup = await _bench.AskAsync(Challenge);

        Assert.Equal(DnsLookupStatus.NoData, lookup.Status);
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task ResolveAsync_AliasThatCannotBeRead_IsNoAbsence()
    {
        _bench.Zone.Cname("odd", @"a\032b.acme.example");

        DnsLookup lookup = await _bench.AskAsync("odd.acme.example");

        Assert.Equal(DnsLookupStatus.Malformed, lookup.Status);
        Assert.Equal("name_not_readable", lookup.Attempts[^1].Detail);
    }

    [Fact]
    public async Task ResolveAsync_GarbageInstead_IsMalformed()
    {
        _bench.Faults.Add(DnsFault.Garbage());

        Assert.Equal(DnsLookupStatus.Malformed, (await _bench.AskAsync(Challenge)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ResolveAsync_ConnectionsThatBreak_AreNoAnswer(bool refused)
    {
        await using ResolverBench bench = new(options => options.UseTcpOnly = true);
        bench.Faults.Add(refused ? DnsFault.NoTcp() : DnsFault.CloseHalfway());

        DnsLookup lookup = await bench.AskAsync(Challenge);

        Assert.Contains(lookup.Status, new[] { DnsLookupStatus.TimedOut, DnsLookupStatus.Unreachable, DnsLookupStatus.Malformed });
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task ResolveAsync_AnyOctetChanged_EndsInAStatusAndNeverInAnException()
    {
        _bench.Zone.Cname("a", Challenge);
        for (int position = 2; position < 100; position++)
        {
            _bench.Faults.Clear();
            int changed = position;
            _bench.Faults.Add(DnsFault.OfOctets(octets => Change(octets, changed)));

            DnsLookup lookup = await _bench.AskAsync("a.acme.example");

            Assert.NotEmpty(lookup.Attempts);
        }

        static byte[] Change(byte[] octets, int position)
        {
            if (position < octets.Length)
            {
                octets[position] ^= 0xFF;
            }

            return octets;
        }
    }
}
