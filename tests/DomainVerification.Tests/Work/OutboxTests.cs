using DomainVerification.Tests.Claims;
using DomainVerification.Tests.Registration;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>What an operator does with the outbox.</summary>
public class OutboxTests
{
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");
    private static readonly ClaimActor Operator = ClaimActor.User("operator-7");

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task Replay_Provision_IsTriedAgainUnderItsOwnIdAndTheClaimWaits()
    {
        await using var world = World();
        var claim = await FailedProvisionAsync(world);
        var dead = await world.DeadLetterAsync();
        world.Clock.Advance(TimeSpan.FromHours(3));

        var result = await Outbox(world).ReplayAsync(dead.Id, Operator);

        var now = world.Clock.GetUtcNow();
        var replayed = dead with { DueAt = now, Attempts = 0, LastError = null, DeadAt = null };
        Assert.Equal((WorkResultStatus.Done, null, replayed), (result.Status, result.Error, result.Work));
        Assert.Equal(replayed, await Outbox(world).FindAsync(dead.Id));
        var waiting = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Provisioning, null), (waiting.Status, waiting.ProvisioningError));
        var entry = (await world.Store.ListEventsAsync(claim.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.WorkReplayed, Operator, 1L, "quota_exceeded"), (entry.Type, entry.Actor, entry.Epoch, entry.Reason));

        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
        Assert.Equal([dead.Id, dead.Id], _provisioner.Calls.Select(call => call.Operation));
        Assert.Empty((await Outbox(world).ListAsync()).Work);
    }

    [Fact]
    public async Task Replay_ReleaseAfterATakeover_RemovesWhatWasLeftBehind()
    {
        await using var world = World();
        var (ann, bob) = await FailedReleaseAsync(world);
        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Done());

        var result = await Outbox(world).ReplayAsync((await world.DeadLetterAsync()).Id, Operator);
        await world.WorkAsync();

        Assert.Equal(WorkResultStatus.Done, result.Status);
        Assert.Equal("release ann 1 [1]", _provisioner.Log.Last());
        Assert.EndsWith("released release_failed work_replayed", await world.TrailAsync(ann), StringComparison.Ordinal);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
        Assert.Empty((await Outbox(world).ListAsync()).Work);
    }

    [Fact]
    public async Task Replay_FailsOnceMore_IsADeadLetterAgain()
    {
        await using var world = World();
        var (ann, _) = await FailedReleaseAsync(world);
        var dead = await world.DeadLetterAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));

        await Outbox(world).ReplayAsync(dead.Id, Operator);
        await world.WorkAsync();

        Assert.Equal(dead with { DueAt = world.Clock.GetUtcNow(), DeadAt = world.Clock.GetUtcNow() }, await world.DeadLetterAsync());
        Assert.EndsWith("release_failed work_replayed release_failed", await world.TrailAsync(ann), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discard_Release_LeavesTheOutboxAndTellsWho()
    {
        await using var world = World();
        var (ann, _) = await FailedReleaseAsync(world);
        var dead = await world.DeadLetterAsync();

        var result = await Outbox(world).DiscardAsync(dead.Id, Operator);

        Assert.Equal((WorkResultStatus.Done, dead), (result.Status, result.Work));
        Assert.Empty((await Outbox(world).ListAsync()).Work);
        var entry = (await world.Store.ListEventsAsync(ann.Id, default))[^1];
        Assert.Equal((ClaimEventTypes.WorkDiscarded, Operator, 1L, "quota_exceeded"), (entry.Type, entry.Actor, entry.Epoch, entry.Reason));
        await world.WorkAsync();
        Assert.Single(_provisioner.Log, "release ann 1 [1]");
    }

    [Fact]
    public async Task Discard_Provision_KeepsTheErrorOfTheClaimAndTheOwnerCanAskAgain()
    {
        await using var world = World();
        var claim = await FailedProvisionAsync(world);

        await Outbox(world).DiscardAsync((await world.DeadLetterAsync()).Id, Operator);

        Assert.Equal(Quota, (await world.NowAsync(claim)).ProvisioningError);
        await world.Manager.ClaimAsync(ClaimReference.To(claim));
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_WorkWaitsForItsTurn_IsRefusedAndChangesNothing(bool replays)
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        var waiting = Assert.Single((await Outbox(world).ListAsync()).Work);
        var before = await world.Store.SnapshotAsync();

        var result = await DecideAsync(world, waiting.Id, replays);

        Assert.Equal(
            (WorkResultStatus.Refused, DomainVerificationErrorCodes.WorkNotDead, waiting),
            (result.Status, result.Error?.Code, result.Work));
        Assert.Equal(before, await world.Store.SnapshotAsync());
        Assert.Equal(waiting, await Outbox(world).FindAsync(waiting.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_WorkIsFinished_IsNotFound(bool replays)
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var result = await DecideAsync(world, _provisioner.Calls.Single().Operation, replays);

        Assert.Equal(
            (WorkResultStatus.NotFound, DomainVerificationErrorCodes.WorkNotFound, null),
            (result.Status, result.Error?.Code, result.Work));
    }

    [Fact]
    public async Task Replay_ProvisionOfAFormerHolding_IsRefusedAndCanBeDiscarded()
    {
        await using var world = World();
        var claim = await FailedProvisionAsync(world);
        var dead = await world.DeadLetterAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        await world.Manager.ClaimAsync(ClaimReference.To(claim));
        await AddDeadAsync(world, dead);
        var before = await world.Store.SnapshotAsync();

        var result = await Outbox(world).ReplayAsync(dead.Id, Operator);

        Assert.Equal((WorkResultStatus.Refused, DomainVerificationErrorCodes.HoldingEnded), (result.Status, result.Error?.Code));
        Assert.Equal(before, await world.Store.SnapshotAsync());
        Assert.Equal(WorkResultStatus.Done, (await Outbox(world).DiscardAsync(dead.Id, Operator)).Status);
    }

    [Fact]
    public async Task Replay_HoldingEndsBeforeItsTurn_IsDroppedAsFinished()
    {
        await using var world = World();
        var claim = await FailedProvisionAsync(world);
        await Outbox(world).ReplayAsync((await world.DeadLetterAsync()).Id, Operator);
        var bob = await world.ClaimedAsync("bob", Domain);

        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 []", "provision bob 2"], _provisioner.Log);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
        Assert.Equal(ClaimStatus.Released, (await world.NowAsync(claim)).Status);
        Assert.Empty((await Outbox(world).ListAsync()).Work);
    }

    [Fact]
    public async Task Replay_HoldingIsTakenOverWhileItRuns_ItsLateResultIsReleased()
    {
        await using var world = World();
        await FailedProvisionAsync(world);
        await Outbox(world).ReplayAsync((await world.DeadLetterAsync()).Id, Operator);
        DomainClaim? bob = null;
        _provisioner.OnProvision = async (request, _) =>
        {
            bob ??= await world.ClaimedAsync("bob", Domain);
            return ProvisionResult.Done(new ProvisionedIdentity { Id = $"{request.Epoch}", Kind = "marketing" });
        };

        await world.WorkAsync();

        Assert.Equal(
            ["provision ann 1", "provision ann 1", "release ann 1 []", "provision bob 2", "release ann 1 [1]"],
            _provisioner.Log);
        Assert.Equal("2", Assert.Single((await world.NowAsync(bob!)).Identities).Id);
    }

    [Fact]
    public async Task Replay_ClaimMovesAtTheSameMoment_DecidesAnew()
    {
        var store = new DelegatingStore();
        await using var world = World(builder => builder.Use<IClaimStore>(_ => store));
        var claim = await FailedProvisionAsync(world);
        var dead = await world.DeadLetterAsync();
        store.BeforeNextCommit = () => world.Manager.RotateTokenAsync(ClaimReference.To(claim));

        var result = await Outbox(world).ReplayAsync(dead.Id, Operator);

        Assert.Equal(WorkResultStatus.Done, result.Status);
        Assert.EndsWith("token_rotated work_replayed", await world.TrailAsync(claim), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OwnerAsksAgainAtTheSameMoment_IsNotFound()
    {
        var store = new DelegatingStore();
        await using var world = World(builder => builder.Use<IClaimStore>(_ => store));
        var claim = await FailedProvisionAsync(world);
        var dead = await world.DeadLetterAsync();
        store.BeforeNextCommit = () => world.Manager.ClaimAsync(ClaimReference.To(claim));

        var result = await Outbox(world).ReplayAsync(dead.Id, Operator);

        Assert.Equal(DomainVerificationErrorCodes.WorkNotFound, result.Error?.Code);
        await world.WorkAsync();
        Assert.Equal(2, _provisioner.Calls.Count);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public async Task Discard_SomebodyReplaysAfterTheWorkWasRead_IsRefusedAndTheWorkIsDone()
    {
        var store = new DelegatingStore();
        await using var world = World(builder => builder.Use<IClaimStore>(_ => store));
        var claim = await FailedProvisionAsync(world);
        var dead = await world.DeadLetterAsync();
        store.BeforeNextFind = () => Outbox(world).ReplayAsync(dead.Id, Operator);

        var result = await Outbox(world).DiscardAsync(dead.Id, Operator);

        Assert.Equal(DomainVerificationErrorCodes.WorkNotDead, result.Error?.Code);
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public async Task List_PageSizeOutOfRange_Throws()
    {
        await using var world = World();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Outbox(world).ListAsync(new WorkQuery { PageSize = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Outbox(world).ListAsync(new WorkQuery { PageSize = WorkQuery.MaximumPageSize + 1 }));
    }

    private static IOutbox Outbox(ClaimWorld world) => world.Get<IOutbox>();

    private static Task<WorkResult> DecideAsync(ClaimWorld world, Guid id, bool replays) =>
        replays ? Outbox(world).ReplayAsync(id, Operator) : Outbox(world).DiscardAsync(id, Operator);

    /// <summary>Puts a dead letter back that the SDK has discarded, as a store that was restored in part would.</summary>
    private static async Task AddDeadAsync(ClaimWorld world, ClaimWork dead)
    {
        await world.WorkAsync();
        await world.Store.CommitAsync(new ClaimCommit { Work = [dead with { DeadAt = null }] }, default);
        await world.Store.CommitAsync(new ClaimCommit { Settled = [new SettledWork(dead.Id, null, Quota, dead.DeadAt)] }, default);
    }

    /// <summary>A holder whose identities could not be made; the next try succeeds.</summary>
    private async Task<DomainClaim> FailedProvisionAsync(ClaimWorld world)
    {
        var succeed = _provisioner.OnProvision;
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        _provisioner.OnProvision = succeed;
        return await world.NowAsync(claim);
    }

    /// <summary>A takeover after which the former holder's identities could not be removed.</summary>
    private async Task<(DomainClaim Ann, DomainClaim Bob)> FailedReleaseAsync(ClaimWorld world)
    {
        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var ann = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();
        return (ann, bob);
    }

    private ClaimWorld World(Action<DomainVerificationBuilder>? build = null) => new(build: builder =>
    {
        builder.Use<IIdentityProvisioner>(_ => _provisioner);
        build?.Invoke(builder);
    });
}
