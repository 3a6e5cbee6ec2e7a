using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

/// <summary>Failures are kept for a moment (RFC 9520, section 3.2); answers never.</summary>
public sealed class FailureMemoryTests
{
    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    public async Task W14_WhileAFailureStands_NobodyIsAsked(DnsResponseCode code)
    {
        ResolverBench bench = new((_, _) => Answered(code));
        var resolver = bench.CreateResolver();
        var first = await resolver.ResolveAsync(Question, CancellationToken.None);
        bench.Time.Advance(TimeSpan.FromMilliseconds(600));

        var second = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal(2, bench.Udp.Sent.Count);
        Assert.Equal((false, TimeSpan.FromSeconds(1)), (first.IsRemembered, first.RetryAfter));
        Assert.Equal((true, TimeSpan.FromMilliseconds(400)), (second.IsRemembered, second.RetryAfter));
        Assert.Equal((first.Status, first.Attempts, first.Detail), (second.Status, second.Attempts, second.Detail));
    }

    [Fact]
    public async Task W14_FailingAgainAndAgain_IsKeptTwiceAsLongEachTime_UpToTheMaximum()
    {
        ResolverBench bench = new((_, _) => Answered(DnsResponseCode.ServerFailure));
        var resolver = bench.CreateResolver();
        List<TimeSpan?> kept = [];
        for (var i = 0; i < 7; i++)
        {
            var lookup = await resolver.ResolveAsync(Question, CancellationToken.None);
            Assert.False(lookup.IsRemembered);
            kept.Add(lookup.RetryAfter);
            bench.Time.Advance(lookup.RetryAfter!.Value);
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], kept.Select(time => time!.Value.TotalSeconds));
    }

    [Fact]
    public async Task W14_AnswerAfterAFailure_StartsAnew()
    {
        var code = DnsResponseCode.ServerFailure;
        ResolverBench bench = new((_, _) => Answered(code, Text("_acme-challenge.example.com")));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        code = DnsResponseCode.NoError;
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Question, CancellationToken.None)).Status);
        code = DnsResponseCode.ServerFailure;

        var failed = await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal((false, TimeSpan.FromSeconds(1)), (failed.IsRemembered, failed.RetryAfter));
    }

    [Theory]
    [InlineData(DnsResponseCode.NoError)]
    [InlineData(DnsResponseCode.NxDomain)]
    public async Task W14_NegativeAnswer_IsNotKept(DnsResponseCode code)
    {
        ResolverBench bench = new((_, _) => Answered(Negative(code, Soa("example.com"))));
        var resolver = bench.CreateResolver();

        var first = await resolver.ResolveAsync(Question, CancellationToken.None);
        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal((2, null), (bench.Udp.Sent.Count, first.RetryAfter));
    }

    [Fact]
    public async Task W14_OtherQuestion_IsAsked()
    {
        ResolverBench bench = new((_, _) => Answered(DnsResponseCode.ServerFailure));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);

        await resolver.ResolveAsync(Question with { Type = DnsRecordType.CNAME }, CancellationToken.None);

        Assert.Equal(4, bench.Udp.Sent.Count);
    }

    [Fact]
    public async Task W14_RetentionOfZero_KeepsNothing()
    {
        ResolverBench bench = new((_, _) => Answered(DnsResponseCode.ServerFailure));
        bench.Options.FailureRetention = TimeSpan.Zero;
        var resolver = bench.CreateResolver();

        var first = await resolver.ResolveAsync(Question, CancellationToken.None);
        await resolver.ResolveAsync(Question, CancellationToken.None);

        Assert.Equal((4, null), (bench.Udp.Sent.Count, first.RetryAfter));
    }

    [Fact]
    public async Task W14_ClockThatIsSetBack_DoesNotMakeAFailureLast()
    {
        ResolverBench bench = new((_, _) => Answered(DnsResponseCode.ServerFailure));
        var resolver = bench.CreateResolver();
        await resolver.ResolveAsync(Question, CancellationToken.None);
        bench.Time.StepUtcNow(TimeSpan.FromDays(-1));

        Assert.False((await resolver.ResolveAsync(Question, CancellationToken.None)).IsRemembered);
    }

    [Fact]
    public async Task W14_ManyFailures_AreBounded()
    {
        FailureMemory memory = new(TimeSpan.FromMinutes(5), new Testing.ManualTimeProvider());
        var failed = await new ResolverBench((_, _) => Answered(DnsResponseCode.ServerFailure)).RunAsync();
        DnsLookup Failure(int number) => new()
        {
            Status = failed.Status,
            Question = new DnsQuestion(DnsName.Parse($"n{number}.example.com"), DnsRecordType.TXT),
        };

        foreach (var number in Enumerable.Range(0, 10_001))
        {
            memory.Note(Failure(number));
        }

        Assert.Null(memory.Find(Failure(0).Question));
        Assert.NotNull(memory.Find(Failure(10_000).Question));
    }
}
