using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

public sealed class RetryMatrixTests
{
    private const string Owner = "_acme-challenge.example.com";

    private static readonly DnsExchange Good = Answered(DnsResponseCode.NoError, Text(Owner));

    [Theory]
    [InlineData(DnsResponseCode.NoError, DnsLookupStatus.NoData)]
    [InlineData(DnsResponseCode.NxDomain, DnsLookupStatus.NxDomain)]
    public async Task DefinitiveNegative_IsTakenFromFirstServerAtOnce(DnsResponseCode code, DnsLookupStatus expected)
    {
        ResolverBench bench = new((_, _) => Answered(Negative(code, Soa("example.com"))));

        var lookup = await bench.RunAsync();

        Assert.Equal(expected, lookup.Status);
        Assert.Equal(First, Assert.Single(lookup.Attempts).Server);
        Assert.Equal(TimeSpan.FromSeconds(60), lookup.NegativeTtl);
    }

    [Theory]
    [InlineData(3600, 60, 60)]
    [InlineData(30, 3600, 30)]
    [InlineData(0, 3600, 0)]
    public async Task W15_NegativeTtl_IsTheSmallerOfSoaTtlAndMinimum(int timeToLive, uint minimum, int expected)
    {
        ResolverBench bench = new((_, _) => Answered(Negative(DnsResponseCode.NxDomain, Soa("example.com", timeToLive, minimum))));

        Assert.Equal(TimeSpan.FromSeconds(expected), (await bench.RunAsync()).NegativeTtl);
    }

    [Fact]
    public async Task W15_SoaOfOtherZone_IsNotUsed()
    {
        ResolverBench bench = new((_, _) => Answered(Negative(DnsResponseCode.NxDomain, Soa("example.net"))));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Null(lookup.NegativeTtl);
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, DnsLookupStatus.ServerFailure)]
    [InlineData(DnsResponseCode.Refused, DnsLookupStatus.Refused)]
    [InlineData(DnsResponseCode.YxDomain, DnsLookupStatus.ServerFailure)]
    [InlineData(DnsResponseCode.NotAuthoritative, DnsLookupStatus.ServerFailure)]
    public async Task ErrorCode_GoesToNextServerAndIsNotTriedAgain(DnsResponseCode code, DnsLookupStatus expected)
    {
        ResolverBench bench = new((_, _) => Answered(code));

        var lookup = await bench.RunAsync();

        Assert.Equal(expected, lookup.Status);
        Assert.Equal([First, Second], lookup.Attempts.Select(attempt => attempt.Server));
        Assert.All(lookup.Attempts, attempt => Assert.Equal(code, attempt.ResponseCode));
    }

    [Theory]
    [InlineData(DnsExchangeOutcome.Unreachable, DnsLookupStatus.Unreachable)]
    [InlineData(DnsExchangeOutcome.Malformed, DnsLookupStatus.Malformed)]
    public async Task BrokenExchange_GoesToNextServerAndIsNotTriedAgain(DnsExchangeOutcome outcome, DnsLookupStatus expected)
    {
        ResolverBench bench = new((_, _) => Failed(outcome));

        var lookup = await bench.RunAsync();

        Assert.Equal(expected, lookup.Status);
        Assert.Equal([First, Second], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Fact]
    public async Task TimeOut_IsTriedAgainAfterTheOtherServers()
    {
        ResolverBench bench = new((_, _) => Failed(DnsExchangeOutcome.TimedOut));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.Equal([First, Second, First, Second], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task W13_TriesPerServer_AreBounded(int tries)
    {
        ResolverBench bench = new((_, _) => Failed(DnsExchangeOutcome.TimedOut));
        bench.Options.TriesPerServer = tries;

        await bench.RunAsync();

        Assert.Equal(2 * tries, bench.Udp.Sent.Count);
    }

    [Fact]
    public async Task W13_SendingsWithoutEdns_CountToo()
    {
        // Times out twice, then does not know EDNS: a fourth sending would be one too many.
        var sent = 0;
        ResolverBench bench = new((_, _) => ++sent < 3 ? Failed(DnsExchangeOutcome.TimedOut) : Answered(DnsResponseCode.FormatError));
        bench.Options.Servers.RemoveAt(1);
        bench.Options.TriesPerServer = 3;

        await bench.RunAsync();

        Assert.Equal(3, bench.Udp.Sent.Count);
    }

    [Theory]
    [InlineData(DnsExchangeOutcome.TimedOut)]
    [InlineData(DnsExchangeOutcome.Unreachable)]
    [InlineData(DnsExchangeOutcome.Malformed)]
    public async Task FirstServerBroken_SecondAnswers(DnsExchangeOutcome outcome)
    {
        ResolverBench bench = new((server, _) => server.Equals(First) ? Failed(outcome) : Good);

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([outcome, DnsExchangeOutcome.Answered], lookup.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Referral_IsNoAnswer()
    {
        DnsMessage referral = new()
        {
            Flags = DnsHeaderFlags.Response,
            Authorities = [new DnsNsRecord(DnsName.Parse("example.com"), TimeSpan.FromHours(1), DnsName.Parse("ns.example.com"))],
        };
        ResolverBench bench = new((server, _) => server.Equals(First) ? Answered(referral) : Good);

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal("referral", lookup.Attempts[0].Detail);
    }

    [Fact]
    public async Task ServersFailDifferently_StatusIsTheMostTelling()
    {
        ResolverBench bench = new((server, _) =>
            server.Equals(First) ? Failed(DnsExchangeOutcome.TimedOut) : Answered(DnsResponseCode.ServerFailure));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.ServerFailure, lookup.Status);
        Assert.Equal([First, Second, First], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Theory]
    [InlineData(DnsExchangeOutcome.Truncated)]
    [InlineData(DnsExchangeOutcome.Mismatched)]
    [InlineData(DnsExchangeOutcome.CaseMismatched)]
    [InlineData(DnsExchangeOutcome.CookieMissing)]
    public async Task W04_W05_W08_W12_UdpWillNotDo_SameServerIsAskedOverTcp(DnsExchangeOutcome outcome)
    {
        ResolverBench bench = new((_, _) => Failed(outcome), (_, _) => Good);

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([DnsTransportKind.Udp, DnsTransportKind.Tcp], lookup.Attempts.Select(attempt => attempt.Transport));
        Assert.All(lookup.Attempts, attempt => Assert.Equal(First, attempt.Server));
    }

    [Fact]
    public async Task W08_TruncatedAndTcpBroken_TruncatedAnswerIsNotUsed()
    {
        ResolverBench bench = new((_, _) => Failed(DnsExchangeOutcome.Truncated), (_, _) => Failed(DnsExchangeOutcome.Unreachable));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Unreachable, lookup.Status);
        Assert.Empty(lookup.Records);
    }

    [Theory]
    [InlineData(DnsResponseCode.FormatError)]
    [InlineData(DnsResponseCode.NotImplemented)]
    [InlineData(DnsResponseCode.BadVersion)]
    public async Task W11_EdnsUnknown_IsAskedOnceWithout(DnsResponseCode code)
    {
        ResolverBench bench = new((_, query) => query.Edns is null ? Good : Answered(code));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([First, First], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Fact]
    public async Task W11_FormatErrorWithoutEdnsToo_IsServerFailure()
    {
        ResolverBench bench = new((_, _) => Answered(DnsResponseCode.FormatError));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.ServerFailure, lookup.Status);
        Assert.Equal([First, First, Second, Second], lookup.Attempts.Select(attempt => attempt.Server));
    }

    [Fact]
    public async Task W09_TcpOnly_NeverUsesUdp()
    {
        ResolverBench bench = new((_, _) => throw new InvalidOperationException("UDP was not expected."), (_, _) => Good);
        bench.Options.Transport = DnsTransportMode.TcpOnly;

        Assert.Equal(DnsLookupStatus.Answered, (await bench.RunAsync()).Status);
    }

    [Fact]
    public async Task TcpOnly_Mismatched_IsMalformed()
    {
        ResolverBench bench = new((_, _) => Good, (_, _) => Failed(DnsExchangeOutcome.Mismatched));
        bench.Options.Transport = DnsTransportMode.TcpOnly;

        Assert.Equal(DnsLookupStatus.Malformed, (await bench.RunAsync()).Status);
    }

    [Fact]
    public async Task Deadline_CutsTheLastTryShortAndEndsTheLookup()
    {
        ResolverBench? bench = null;
        bench = new ResolverBench((_, _) =>
        {
            bench!.Time.Advance(bench.Udp.Sent[^1].Timeout);
            return Failed(DnsExchangeOutcome.TimedOut);
        });
        bench.Options.Deadline = TimeSpan.FromSeconds(5);
        bench.Options.TriesPerServer = 3;

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.Equal([2.0, 2.0, 1.0], bench.Udp.Sent.Select(sent => sent.Timeout.TotalSeconds));
    }

    [Fact]
    public async Task ManyServersAndAliases_SendingsAreBounded()
    {
        // Each alias costs thirteen dead servers a try; eight aliases would make it more than a hundred.
        ResolverBench bench = new((server, query) => server.Port < 14
            ? Failed(DnsExchangeOutcome.TimedOut)
            : Answered(DnsResponseCode.NoError, Cname(query.Question.Name.ToString(), $"n{query.Question.Name}")));
        bench.Options.Servers.Clear();
        for (var port = 1; port <= 16; port++)
        {
            bench.Options.Servers.Add($"192.0.2.1:{port}");
        }

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.Equal(60, lookup.Attempts.Count);
    }

    [Fact]
    public async Task Cancelled_ThrowsAndSendsNothing()
    {
        ResolverBench bench = new((_, _) => Good);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.RunAsync(cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(bench.Udp.Sent);
    }

    [Fact]
    public async Task Cancelled_BetweenTries_Throws()
    {
        using CancellationTokenSource source = new();
        ResolverBench bench = new((_, _) =>
        {
            source.Cancel();
            return Failed(DnsExchangeOutcome.TimedOut);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(cancellationToken: source.Token));
        Assert.Single(bench.Udp.Sent);
    }

    [Fact]
    public async Task Lookups_AreNeverCached()
    {
        ResolverBench bench = new((_, _) => Good);
        var resolver = bench.CreateResolver();

        await resolver.ResolveAsync(Question, CancellationToken.None);
        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(2, bench.Udp.Sent.Count);
    }

    [Theory]
    [InlineData(true, DnsAuthenticData.ClaimedByServer)]
    [InlineData(false, DnsAuthenticData.NotClaimed)]
    public async Task W22_AuthenticData_IsTheBitOfAllResponses(bool isSetInSecond, DnsAuthenticData expected)
    {
        ResolverBench bench = new((_, query) =>
        {
            var isFirst = query.Question.Name == Name;
            return Answered(new DnsMessage
            {
                Flags = DnsHeaderFlags.Response | (isFirst || isSetInSecond ? DnsHeaderFlags.AuthenticData : DnsHeaderFlags.None),
                Answers = isFirst ? [Cname(Owner, "b.example.net")] : [Text("b.example.net")],
            });
        });

        Assert.Equal(expected, (await bench.RunAsync()).AuthenticData);
    }

    [Fact]
    public async Task Attempt_TellsExtendedError()
    {
        DnsMessage failure = new()
        {
            ResponseCode = DnsResponseCode.ServerFailure,
            Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.ExtendedError, new byte[] { 0, 6, (byte)'x' })] },
        };

        var lookup = await new ResolverBench((_, _) => Answered(failure)).RunAsync();

        Assert.Equal("extended_error_6", lookup.Attempts[0].Detail);
    }
}
