using DomainVerification.Claims.Internal;
using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;

namespace DomainVerification.Tests.Work;

public class SweepTests
{
    private const int Many = 250;

    private readonly RecordingStore _store = new();

    [Fact]
    public async Task Sweep_ManyAreDue_AreWrittenWithFewCommits()
    {
        await using var world = await DueAsync(Many);

        Assert.Equal(Many, await SweepAsync(world));

        Assert.Equal([100, 100, 50], _store.Sizes);
        Assert.Equal(Many, world.Script().Looks.Count);
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((1, 1), (claim.Rechecks, claim.Attempts)));
        Assert.Equal(0, await SweepAsync(world));
    }

    [Fact]
    public async Task Sweep_BatchesAreSmall_CommitsAreNot()
    {
        await using var world = await DueAsync(Many, worker => worker.BatchSize = 7);

        Assert.Equal(Many, await SweepAsync(world));

        Assert.Equal([100, 100, 50], _store.Sizes);
    }

    [Fact]
    public async Task Sweep_MixedOutcomes_AreWhatSingleCommitsMakeOfThem()
    {
        await using var swept = await MixedAsync(new RecordingStore());
        await using var single = await MixedAsync(new RecordingStore());
        await SweepAsync(swept);
        var manager = single.Get<DomainClaimManager>();
        foreach (var claim in await single.Store.LeaseDueClaimsAsync(new LeaseRequest(single.Clock.GetUtcNow(), TimeSpan.FromMinutes(5), 1000), default))
        {
            await manager.RecheckAsync(claim, default);
        }

        var states = await StatesAsync(swept);
        Assert.Equal(await StatesAsync(single), states);
        Assert.All(
            (string[])["Pending", "Verified", "Claimed", "Expired", "at_risk", "Inconclusive", "domain_held"],
            what => Assert.Contains(states, state => state.Contains(what, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sweep_OwnerActsMeanwhile_OnlyThatClaimIsDecidedAnew()
    {
        await using var world = await DueAsync(100);
        var chosen = (await ClaimsAsync(world))[37];
        var isRotated = false;
        world.Script().Before = async (request, token) =>
        {
            if (request.Domain == chosen.Domain && !isRotated)
            {
                isRotated = true;
                await world.Manager.RotateTokenAsync(ClaimReference.To(chosen), cancellationToken: token);
            }
        };
        _store.Sizes.Clear();

        await SweepAsync(world);

        var now = await world.NowAsync(chosen);
        Assert.Equal((2, 1, 1), (now.Challenge.Generation, now.Rechecks, now.Attempts));
        Assert.Equal("requested token_rotated", await world.TrailAsync(chosen));
        Assert.Equal(101, world.Script().Looks.Count);
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((1, 1), (claim.Rechecks, claim.Attempts)));
        Assert.InRange(_store.Sizes.Count, 2, 20);
    }

    [Fact]
    public async Task Sweep_BigCommitsFail_EachClaimIsWrittenAllTheSame()
    {
        await using var world = await DueAsync(100);
        _store.FailsOn = commit => commit.Claims.Count > 1;

        await SweepAsync(world);

        Assert.Equal(100, world.Script().Looks.Count);
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal(1, claim.Rechecks));
    }

    [Fact]
    public async Task Sweep_OneClaimCannotBeWritten_OthersAre()
    {
        await using var world = await DueAsync(100);
        var broken = (await ClaimsAsync(world))[50];
        _store.FailsOn = commit => commit.Claims.Any(claim => claim.Id == broken.Id);

        await SweepAsync(world);

        Assert.Equal(99, (await ClaimsAsync(world)).Count(claim => claim.Rechecks == 1));
        Assert.Equal(broken, await world.NowAsync(broken));

        _store.FailsOn = null;
        world.Clock.Advance(new DomainVerificationWorkerOptions().LeaseDuration);
        await SweepAsync(world);
        Assert.Equal(1, (await world.NowAsync(broken)).Rechecks);
    }

    [Fact]
    public async Task Sweep_StoreWritesNothing_GivesUpSoonAndLooksAgainLater()
    {
        await using var world = await DueAsync(100);
        _store.Sizes.Clear();
        _store.FailsOn = _ => true;

        await SweepAsync(world);

        Assert.InRange(_store.Sizes.Count, 1, 12);
        _store.FailsOn = null;
        world.Clock.Advance(new DomainVerificationWorkerOptions().LeaseDuration);
        Assert.Equal(100, await SweepAsync(world));
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((1, 2L), (claim.Rechecks, claim.Version)));
    }

    [Fact]
    public async Task Sweep_CommitIsWrittenButItsAnswerIsLost_NobodyIsLookedAtTwice()
    {
        await using var world = await DueAsync(100);
        _store.LosesAnswerOf = commit => commit.Claims.Count == 100;

        await SweepAsync(world);

        Assert.Equal(100, world.Script().Looks.Count);
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((1, 2L), (claim.Rechecks, claim.Version)));
    }

    [Fact]
    public async Task Sweep_WorkerIsStoppedHalfWay_WhatIsWrittenIsWholeAndTheNextOneDoesTheRestAtOnce()
    {
        await using var world = await DueAsync(Many, worker => worker.Concurrency = 1);
        using var stop = new CancellationTokenSource();
        world.Script().Before = async (_, _) =>
        {
            if (world.Script().Looks.Count == 150)
            {
                await stop.CancelAsync();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Get<DueClaimProcessor>().RunOnceAsync(stop.Token));

        Assert.Equal(100, (await ClaimsAsync(world)).Count(claim => claim.Rechecks == 1));
        Assert.Equal(150, await SweepAsync(world));
        var rechecks = (await ClaimsAsync(world)).CountBy(claim => (claim.Rechecks, claim.Version)).OrderBy(pair => pair.Key);
        Assert.Equal([new((1, 2L), 150), new((1, 3L), 100)], rechecks);
    }

    [Fact]
    public async Task Sweep_OneLookHangs_TheOthersAreWrittenMeanwhile()
    {
        await using var world = await DueAsync(20);
        var slow = (await ClaimsAsync(world))[3];
        world.Script().Before = (request, token) =>
            request.Domain == slow.Domain ? Task.Delay(Timeout.InfiniteTimeSpan, token) : Task.CompletedTask;

        var sweep = SweepAsync(world);
        await WaitUntilAsync(() => world.Script().Looks.Count == 20);
        while ((await ClaimsAsync(world)).Count(claim => claim.Rechecks == 1) < 19)
        {
            Assert.False(sweep.IsCompleted);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        world.Clock.Advance(new DomainVerificationWorkerOptions().LeaseDuration);
        await sweep.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(slow, await world.NowAsync(slow));
    }

    [Fact]
    public async Task Sweep_NextLeaseFails_LooksUnderWayEnd()
    {
        await using var world = await DueAsync(Many);
        var leases = 0;
        _store.LeaseFails = () => Interlocked.Increment(ref leases) == 2;
        var held = 0;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Script().Before = (_, token) =>
            Interlocked.Increment(ref held) == 1 ? release.Task.WaitAsync(token) : Task.CompletedTask;

        var sweep = SweepAsync(world);
        await WaitUntilAsync(() => world.Script().Looks.Count == 100);
        for (var i = 0; i < 1000; i++)
        {
            await Task.Yield();
        }

        release.SetResult();
        await Assert.ThrowsAsync<IOException>(() => sweep.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(100, (await ClaimsAsync(world)).Count(claim => claim.Rechecks == 1));
    }

    [Fact]
    public async Task Sweep_NextLeaseFails_WhatWasFoundIsWritten()
    {
        await using var world = await DueAsync(Many);
        var leases = 0;
        _store.LeaseFails = () => Interlocked.Increment(ref leases) == 2;

        await Assert.ThrowsAsync<IOException>(() => SweepAsync(world));

        Assert.Equal(100, (await ClaimsAsync(world)).Count(claim => claim.Rechecks == 1));
        Assert.Equal(150, await SweepAsync(world));
    }

    /// <summary>A world with so many pending claims that are due, and whose DNS answers that nothing is there.</summary>
    private async Task<ClaimWorld> DueAsync(int claims, Action<DomainVerificationWorkerOptions>? configure = null)
    {
        var world = await DueWorld.CreateAsync(_store, claims, configure);
        _store.Sizes.Clear();
        return world;
    }

    /// <summary>A world in which looks come to all that they can come to.</summary>
    private static async Task<ClaimWorld> MixedAsync(RecordingStore store)
    {
        var world = new ClaimWorld(
            options => Configure(options),
            builder => builder
                .UseScript()
                .Use<IClaimStore>(_ => store)
                .AddProfile("claimed", options => Configure(options, ProvedAction.Claim))
                .AddProfile("kept", options => Configure(options, takeover: TakeoverRule.RefuseProofs)));
        foreach (var profile in (string[])["", "claimed", "kept"])
        {
            var held = await world.RequestAsync("holder", "held.example", profile);
            await world.Manager.ConfirmAsync(ClaimReference.To(held.RequireClaim()));
            for (var i = 0; i < 5; i++)
            {
                var verified = await world.RequestAsync("ann", $"verified-{i}.example", profile);
                await world.Manager.VerifyAsync(ClaimReference.To(verified.RequireClaim()));
            }
        }

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.RequestAsync("cyd", "expiring.example");
        world.Clock.Advance(TimeSpan.FromHours(1.5));
        foreach (var profile in (string[])["", "claimed", "kept"])
        {
            await world.RequestAsync("bob", "held.example", profile);
            await world.RequestAsync("bob", "late.example", profile);
            var late = await world.RequestAsync("holder", "late.example", profile);
            await world.Manager.ConfirmAsync(ClaimReference.To(late.RequireClaim()));
            for (var i = 0; i < 5; i++)
            {
                await world.RequestAsync("bob", $"pending-{i}.example", profile);
            }
        }

        world.Script().Outcome = request => (ProofOutcome)(request.Domain.Value[^9] % 3);
        world.Clock.Advance(TimeSpan.FromHours(1));
        return world;

        static void Configure(
            DomainVerificationOptions options,
            ProvedAction onProved = ProvedAction.Verify,
            TakeoverRule takeover = TakeoverRule.ByProof)
        {
            (options.Provider, options.AllowUnlistedSuffixes) = ("host", true);
            options.Recheck.Start = RecheckStart.Immediately;
            options.ChallengeLifetime = TimeSpan.FromHours(2);
            (options.Watch.Enabled, options.Watch.Misses) = (true, 1);
            (options.OnProved, options.Takeover) = (onProved, takeover);
        }
    }

    private static Task<int> SweepAsync(ClaimWorld world) => world.Get<DueClaimProcessor>().RunOnceAsync(default);

    private static async Task<IReadOnlyList<DomainClaim>> ClaimsAsync(ClaimWorld world) =>
        (await world.Store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default)).Claims;

    /// <summary>The claims and their trails, without what is random about them.</summary>
    private static async Task<IReadOnlyList<string>> StatesAsync(ClaimWorld world)
    {
        var states = new List<string>();
        foreach (var claim in await ClaimsAsync(world))
        {
            states.Add(
                $"{claim.Profile} {claim.Owner} {claim.Domain} {claim.Status} v{claim.Version} {claim.Health} {claim.LastCheck} "
                + $"{claim.Attempts} {claim.Rechecks} {claim.DueAt:O} {claim.Epoch}: {await world.TrailAsync(claim)}");
        }

        return [.. states.Order(StringComparer.Ordinal)];
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class RecordingStore : WrappedStore
    {
        public Func<ClaimCommit, bool>? FailsOn { get; set; }

        public Func<ClaimCommit, bool>? LosesAnswerOf { get; set; }

        public Func<bool>? LeaseFails { get; set; }

        public List<int> Sizes { get; } = [];

        public override ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
            LeaseFails?.Invoke() == true ? throw new IOException("The disk is gone.") : base.LeaseDueClaimsAsync(request, cancellationToken);

        public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
        {
            lock (Sizes)
            {
                Sizes.Add(commit.Claims.Count);
            }

            if (FailsOn?.Invoke(commit) == true)
            {
                throw new IOException("The disk is full.");
            }

            var status = await base.CommitAsync(commit, cancellationToken);
            return LosesAnswerOf?.Invoke(commit) == true ? throw new IOException("The connection is gone.") : status;
        }
    }
}
