using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;

namespace DomainVerification.Tests.Work;

/// <summary>What a sweep leaves behind when its host stops.</summary>
public sealed class StoppedSweepTests : IDisposable
{
    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = new DomainVerificationWorkerOptions().LeaseDuration;

    private readonly StoppingStore _store = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Stopped_BeforeTheFirstLook_AllAreDueAtOnceAndOtherwiseAsTheyWere()
    {
        await using var world = await DueAsync(5);
        var before = await ClaimsAsync(world);
        _store.AfterLease = _stop.CancelAsync;

        await StopAsync(world);

        Assert.Empty(world.Script().Looks);
        Assert.Equal(before.Select(claim => claim with { Version = 2 }), await ClaimsAsync(world));
        Assert.Equal([5], _store.Commits.Select(commit => commit.Claims.Count));
        Assert.Empty(_store.Commits[0].Events);
        Assert.Empty(_store.Commits[0].Work);
        Assert.Equal(5, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_WhileTheNextBatchIsLeased_ThatIsDueAtOnceToo()
    {
        await using var world = await DueAsync(8, worker => (worker.BatchSize, worker.Concurrency) = (4, 1));
        var leases = 0;
        _store.AfterLease = async () =>
        {
            if (++leases == 2)
            {
                await _stop.CancelAsync();
            }
        };

        await StopAsync(world);

        Assert.Equal(2, leases);
        Assert.Equal(8, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_HalfWay_WhatIsWrittenStaysAndTheRestIsGivenBackWithOneCommit()
    {
        await using var world = await DueAsync(150, worker => worker.Concurrency = 1);
        world.Script().Before = async (_, _) =>
        {
            if (world.Script().Looks.Count == 130)
            {
                await _stop.CancelAsync();
            }
        };

        await StopAsync(world);

        Assert.Equal(
            [(100, 1), (50, 0)],
            _store.Commits.Select(commit => (commit.Claims.Count, commit.Claims.Max(claim => claim.Rechecks))));
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal(2, claim.Version));
        Assert.Equal(50, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_AnOwnerChangedAClaimMeanwhile_OnlyTheOthersAreGivenBack()
    {
        await using var world = await DueAsync(20, worker => worker.Concurrency = 1);
        var chosen = (await ClaimsAsync(world))[7];
        world.Script().Before = async (_, token) =>
        {
            await world.Manager.RotateTokenAsync(ClaimReference.To(chosen), cancellationToken: token);
            _store.Commits.Clear();
            await _stop.CancelAsync();
        };

        await StopAsync(world);

        var now = await world.NowAsync(chosen);
        Assert.Equal((2, 2L), (now.Challenge.Generation, now.Version));
        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((0, 2L), (claim.Rechecks, claim.Version)));
        Assert.InRange(_store.Commits.Count, 2, 12);
    }

    [Fact]
    public async Task Stopped_InTheCommit_WhatWasWrittenAllTheSameIsNotGivenBack()
    {
        await using var world = await DueAsync(120, worker => (worker.BatchSize, worker.Concurrency) = (120, 1));
        _store.AfterCommit = async commit =>
        {
            if (commit.Claims.Any(claim => claim.Rechecks > 0))
            {
                await _stop.CancelAsync();
                _stop.Token.ThrowIfCancellationRequested();
            }
        };

        await StopAsync(world);

        Assert.All(await ClaimsAsync(world), claim => Assert.Equal((1, 2L), (claim.Rechecks, claim.Version)));
        Assert.Equal(0, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_ALookThatFailed_KeepsItsLease()
    {
        await using var world = await DueAsync(3, worker => worker.Concurrency = 1);
        world.Script().Before = (_, _) =>
            world.Script().Looks.Count == 1 ? throw new IOException("The network is gone.") : _stop.CancelAsync();

        await StopAsync(world);

        Assert.Equal(2, await LeaseAsync(world));
        world.Clock.Advance(Lease);
        Assert.Equal(3, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_AfterTheLeaseHasRunOut_NothingIsGivenBack()
    {
        await using var world = await DueAsync(5, worker => worker.Concurrency = 1);
        world.Script().Before = async (_, _) =>
        {
            world.Clock.Advance(Lease);
            await _stop.CancelAsync();
        };

        await StopAsync(world);

        Assert.Empty(_store.Commits);
        Assert.Equal(5, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_StoreFails_TheStopEndsAndTheLeasesRunOut()
    {
        await using var world = await DueAsync(5);
        _store.AfterLease = _stop.CancelAsync;
        _store.BeforeCommit = _ => throw new IOException("The disk is full.");

        await StopAsync(world);

        Assert.Single(_store.Commits);
        Assert.Equal(0, await LeaseAsync(world));
        world.Clock.Advance(Lease);
        Assert.Equal(5, await LeaseAsync(world));
    }

    [Fact]
    public async Task Stopped_StoreHangs_TheStopEndsAfterFiveSeconds()
    {
        await using var world = await DueAsync(5);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.AfterLease = _stop.CancelAsync;
        _store.BeforeCommit = _ =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        };
        var stopping = StopAsync(world);
        await asked.Task.WaitAsync(RealDeadline);
        using var deadline = new CancellationTokenSource(RealDeadline);
        await world.Clock.WaitForTimersAsync(1, deadline.Token);

        world.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        world.Clock.Advance(TimeSpan.FromSeconds(0.1));

        await stopping;
    }

    /// <summary>Sweeps until the stop.</summary>
    private Task StopAsync(ClaimWorld world) => Assert
        .ThrowsAnyAsync<OperationCanceledException>(() => world.Get<DueClaimProcessor>().RunOnceAsync(_stop.Token))
        .WaitAsync(RealDeadline);

    /// <summary>How many claims the next host finds due.</summary>
    private static async Task<int> LeaseAsync(ClaimWorld world) =>
        (await world.Store.LeaseDueClaimsAsync(new LeaseRequest(world.Clock.GetUtcNow(), Lease, 1_000), default)).Count;

    private static async Task<IReadOnlyList<DomainClaim>> ClaimsAsync(ClaimWorld world) =>
        (await world.Store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default)).Claims;

    /// <summary>A world with so many pending claims that are due, and whose DNS answers that nothing is there.</summary>
    private async Task<ClaimWorld> DueAsync(int claims, Action<DomainVerificationWorkerOptions>? configure = null)
    {
        var world = await DueWorld.CreateAsync(_store, claims, configure);
        _store.Commits.Clear();
        return world;
    }

    private sealed class StoppingStore : WrappedStore
    {
        public Func<Task>? AfterLease { get; set; }

        public Func<ClaimCommit, Task>? BeforeCommit { get; set; }

        public Func<ClaimCommit, Task>? AfterCommit { get; set; }

        public List<ClaimCommit> Commits { get; } = [];

        public override async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(
            LeaseRequest request,
            CancellationToken cancellationToken)
        {
            var leased = await base.LeaseDueClaimsAsync(request, cancellationToken);
            if (cancellationToken.CanBeCanceled && AfterLease is { } after)
            {
                await after();
            }

            return leased;
        }

        public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
        {
            Commits.Add(commit);
            if (BeforeCommit is { } before)
            {
                await before(commit);
            }

            var status = await base.CommitAsync(commit, cancellationToken);
            if (AfterCommit is { } after)
            {
                await after(commit);
            }

            return status;
        }
    }
}
