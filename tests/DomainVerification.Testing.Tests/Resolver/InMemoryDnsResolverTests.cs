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
    public async Task ResolveAsync_AnswerRightAfterTheTimeout_TimesOut()
    {
        for (var i = 0; i < 50; i++)
        {
            var release = new TaskCompletionSource();
            var clock = new EndsWithTheTimeout(release.SetResult);
            var resolver = new InMemoryDnsResolver(_world, clock);
            resolver.Faults.Add(DnsFault.Hold(release.Task).Once());
            resolver.Faults.Add(DnsFault.Drop());
            var resolving = resolver.ResolveAsync(Question(), Deadline.Token).AsTask();

            while (!resolving.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }

            Assert.Equal(DnsLookupStatus.TimedOut, (await resolving).Status);
        }
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

    /// <summary>
    /// A clock that does something right after the first time-out, when whoever waited for it is only about to go on: nobody does so in a
    /// thread that has a context of its own.
    /// </summary>
    private sealed class EndsWithTheTimeout(Action end) : TimeProvider
    {
        private readonly ManualTimeProvider _clock = new();
        private Action? _end = end;

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public void Advance(TimeSpan by) => _clock.Advance(by);

        public override long GetTimestamp() => _clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _clock.CreateTimer(_ => Ring(callback, state), null, dueTime, period);

        private void Ring(TimerCallback callback, object? state)
        {
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new OtherContext());
            callback(state);
            SynchronizationContext.SetSynchronizationContext(null);
            Interlocked.Exchange(ref _end, null)?.Invoke();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class OtherContext : SynchronizationContext;
}
