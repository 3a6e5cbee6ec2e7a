using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Resolver;

public sealed class InMemoryDnsResolverTests
{
    private readonly DnsWorld _world = new();
    private readonly InMemoryDnsResolver _resolver;

    public InMemoryDnsResolverTests()
    {
        _world.Zone("acme.example").Txt("_x", "right");
        _resolver = new InMemoryDnsResolver(_world);
    }

    [Fact]
    public async Task ResolveAsync_Record_IsFoundAndTheQueryRecorded()
    {
        var lookup = await ResolveAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal("right", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal("_x.acme.example", Assert.Single(_resolver.Queries).Name);
    }

    [Fact]
    public async Task ResolveAsync_EditBetween_ShowsAtOnce()
    {
        Assert.Equal(DnsLookupStatus.NxDomain, (await ResolveAsync("late.acme.example")).Status);

        _world.Zone("acme.example").Txt("late", "now");

        Assert.Equal(DnsLookupStatus.Answered, (await ResolveAsync("late.acme.example")).Status);
    }

    [Fact]
    public async Task ResolveAsync_FaultForOneName_SparesTheOthers()
    {
        _world.Zone("globex.example").Txt("_x", "right");
        _resolver.Faults.Add(DnsFault.ServFail().For("_x.acme.example"));

        Assert.Equal(DnsLookupStatus.ServerFailure, (await ResolveAsync()).Status);
        Assert.Equal(DnsLookupStatus.Answered, (await ResolveAsync("_x.globex.example")).Status);
    }

    [Fact]
    public async Task ResolveAsync_Dropped_TimesOutAtOnce()
    {
        _resolver.Faults.Add(DnsFault.Drop());

        var lookup = await ResolveAsync();

        Assert.Equal(DnsLookupStatus.TimedOut, lookup.Status);
        Assert.All(lookup.Attempts, attempt => Assert.Equal(DnsExchangeOutcome.TimedOut, attempt.Outcome));
    }

    [Fact]
    public async Task ResolveAsync_OnlyUnreadableAnswers_IsMalformed()
    {
        _resolver.Faults.Add(DnsFault.Malformed());

        Assert.Equal(DnsLookupStatus.Malformed, (await ResolveAsync()).Status);
    }

    [Fact]
    public async Task ResolveAsync_NoTcpForALargeAnswer_IsUnreachable()
    {
        _world.Zone("acme.example").Txt("large", new string('x', 3000));
        _resolver.Faults.Add(DnsFault.NoTcp());

        Assert.Equal(DnsLookupStatus.Unreachable, (await ResolveAsync("large.acme.example")).Status);
    }

    [Fact]
    public async Task ResolveAsync_DelayLongerThanTheTimeout_TimesOutByTheClock()
    {
        var clock = new ManualTimeProvider();
        var resolver = new InMemoryDnsResolver(_world, clock);
        resolver.Faults.Add(DnsFault.Delay(TimeSpan.FromHours(1), clock));
        var resolving = resolver.ResolveAsync(Question(), Deadline.Token).AsTask();

        while (!resolving.IsCompleted)
        {
            await Task.WhenAny(resolving, clock.WaitForTimersAsync(1, Deadline.Token));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(DnsLookupStatus.TimedOut, (await resolving).Status);
    }

    [Fact]
    public async Task ResolveAsync_Held_AnswersAtTheRelease()
    {
        var release = new TaskCompletionSource();
        _resolver.Faults.Add(DnsFault.Hold(release.Task));
        var resolving = _resolver.ResolveAsync(Question(), Deadline.Token).AsTask();
        Assert.False(resolving.IsCompleted);

        release.SetResult();

        Assert.Equal(DnsLookupStatus.Answered, (await resolving).Status);
    }

    [Fact]
    public async Task ResolveAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        _resolver.Faults.Add(DnsFault.Hold(new TaskCompletionSource().Task));
        var resolving = _resolver.ResolveAsync(Question(), source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _resolver.ResolveAsync(Question(), source.Token).AsTask());
    }

    [Fact]
    public async Task ResolveAsync_RewritingThrows_ComesOut()
    {
        _resolver.Faults.Add(DnsFault.OfMessage((_, _) => throw new InvalidOperationException("my mistake")));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => ResolveAsync());

        Assert.Equal("my mistake", thrown.Message);
    }

    private async Task<DnsLookup> ResolveAsync(string name = "_x.acme.example") =>
        await _resolver.ResolveAsync(Question(name), Deadline.Token);

    private static DnsQuestion Question(string name = "_x.acme.example") => new(DnsName.Parse(name), DnsRecordType.TXT);
}
