using DomainVerification.Tests.Claims;
using DomainVerification.Tests.Transfers;
using DomainVerification.Tests.Work;
using Microsoft.Extensions.DependencyInjection;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Notices;

/// <summary>Handlers hear of every move.</summary>
public class NoticeTests
{
    [Fact]
    public async Task Each_handler_hears_every_event_in_order_as_the_trail_has_it()
    {
        await using var world = World();
        var (ann, review) = await world.InReviewAsync();
        await world.Reviews().ApproveAsync(review.Claim, new TransferReviewDecision(TransferWorld.Operator, review.Version));
        await world.WorkAsync();

        foreach (var name in new[] { "mail", "log" })
        {
            var heard = world.Heard(name);
            Assert.Equal(
                "ann requested, ann verified, ann claimed, bob requested, bob verified, bob review_opened, ann contested, bob review_approved, "
                + "ann released, bob claimed",
                string.Join(", ", heard.Events.Select(told => $"{told.Owner} {told.Type}")));
            Assert.Equal(await world.Store.ListEventsAsync(ann.Id, default), heard.Events.Where(told => told.Owner == "ann"));
        }
    }

    [Fact]
    public async Task A_handler_that_throws_hears_the_event_again_and_later_ones_after_it_and_holds_up_nobody_else()
    {
        await using var world = World();
        world.Heard("mail").Fault = new TimeoutException();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        Assert.Empty(world.Heard("mail").Events);
        Assert.Equal(3, world.Heard("log").Events.Count);

        world.Heard("mail").Fault = null;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.WorkAsync();

        Assert.Equal(["requested", "verified", "claimed"], world.Heard("mail").Events.Select(told => told.Type));
    }

    [Fact]
    public async Task A_handler_that_never_succeeds_leaves_a_dead_letter_that_moves_no_claim_and_can_be_replayed()
    {
        await using var world = World(attempts: 2);
        world.Heard("mail").Fault = new TimeoutException();
        var claim = (await world.RequestAsync("ann", Domain)).RequireClaim();
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.WorkAsync();
        var dead = await world.DeadLetterAsync();
        Assert.Equal(
            (ClaimWorkKind.Notify, "mail", 1L, DomainVerificationErrorCodes.HandlerFaulted),
            (dead.Kind, dead.Target, dead.ClaimVersion, dead.LastError!.Code));

        world.Heard("mail").Fault = null;
        var replayed = await world.Get<IOutbox>().ReplayAsync(dead.Id, ClaimActor.User("op"));
        await world.WorkAsync();

        Assert.Equal(WorkResultStatus.Done, replayed.Status);
        Assert.Equal("requested", Assert.Single(world.Heard("mail").Events).Type);
        Assert.Equal("requested", await world.TrailAsync(claim));
        Assert.Equal(claim.Version, (await world.NowAsync(claim)).Version);
    }

    [Fact]
    public async Task An_owner_who_moves_its_claim_again_and_again_does_not_use_up_the_tries_of_a_notice()
    {
        await using var world = World(attempts: 5);
        world.Heard("mail").Fault = new TimeoutException();
        var claim = (await world.RequestAsync("ann", Domain)).RequireClaim();
        for (var i = 0; i < 20; i++)
        {
            await world.WorkAsync();
            world.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await world.Manager.RotateTokenAsync(ClaimReference.To(claim));
        }

        Assert.Empty((await world.Get<IOutbox>().ListAsync(new WorkQuery { IsDead = true })).Work);
        world.Heard("mail").Fault = null;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();
        Assert.Equal(21, world.Heard("mail").Events.Count);
    }

    [Fact]
    public async Task A_dead_notice_can_be_discarded()
    {
        await using var world = World(attempts: 1);
        world.Heard("mail").Fault = new TimeoutException();
        await world.RequestAsync("ann", Domain);
        await world.WorkAsync();

        var result = await world.Get<IOutbox>().DiscardAsync((await world.DeadLetterAsync()).Id, ClaimActor.User("op"));

        Assert.Equal(WorkResultStatus.Done, result.Status);
        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Fact]
    public async Task A_handler_that_hangs_is_left_when_its_lease_ends()
    {
        await using var world = World();
        var never = new TaskCompletionSource();
        world.Heard("mail").Wait = never.Task;
        await world.RequestAsync("ann", Domain);
        var round = world.Get<DomainVerification.Work.Internal.OutboxDispatcher>().RunOnceAsync(default);
        await world.Heard("mail").Started.Task;
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await round;

        var waiting = Assert.Single((await world.Get<IOutbox>().ListAsync()).Work, work => work.Target == "mail");

        Assert.Equal((1, DomainVerificationErrorCodes.HandlerFaulted), (waiting.Attempts, waiting.LastError!.Code));
    }

    [Fact]
    public async Task A_notice_for_a_handler_that_is_gone_waits_for_it()
    {
        await using var world = World();
        var claim = (await world.RequestAsync("ann", Domain)).RequireClaim();
        var orphan = new ClaimWork
        {
            Id = Guid.NewGuid(),
            Kind = ClaimWorkKind.Notify,
            Target = "gone",
            ClaimVersion = 1,
            ClaimId = claim.Id,
            Profile = claim.Profile,
            Owner = claim.Owner,
            Domain = claim.Domain,
            Epoch = 0,
            CreatedAt = claim.CreatedAt,
            DueAt = claim.CreatedAt,
        };
        await world.Store.CommitAsync(new ClaimCommit { Work = [orphan] }, default);

        await world.WorkAsync();

        var waiting = (await world.Get<IOutbox>().FindAsync(orphan.Id))!;
        Assert.Equal((1, DomainVerificationErrorCodes.HandlerUnknown), (waiting.Attempts, waiting.LastError!.Code));
    }

    [Fact]
    public async Task Without_handlers_there_is_no_work()
    {
        await using var world = new ClaimWorld();
        await world.ClaimedAsync("ann", Domain);

        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Fact]
    public async Task A_handler_and_a_provisioner_must_not_share_a_name()
    {
        await using var world = new ClaimWorld(build: builder => builder
            .AddClaimEventHandler<Heard>("mail")
            .AddIdentityProvisioner<ScriptedProvisioner>("mail"));

        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            world.Get<Microsoft.Extensions.Options.IOptionsMonitor<DomainVerificationOptions>>().Get(string.Empty));

        Assert.Contains("must not be the name of an event handler as well", failure.Message, StringComparison.Ordinal);
    }

    private static ClaimWorld World(int attempts = 50) => TransferWorld.Create(build: builder =>
    {
        builder.AddClaimEventHandler<Heard>("mail").AddClaimEventHandler<Heard>("log").AddClaimEventHandler<Heard>("log");
        builder.ConfigureWorker(worker => worker.MaximumAttempts = attempts);
    });
}

/// <summary>A handler that remembers what it heard.</summary>
internal sealed class Heard : IClaimEventHandler
{
    public List<ClaimEvent> Events { get; } = [];

    public Exception? Fault { get; set; }

    public Task Wait { get; set; } = Task.CompletedTask;

    /// <summary>Ends when the handler is first called.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken)
    {
        Started.TrySetResult();
        await Wait;
        if (Fault is not null)
        {
            throw Fault;
        }

        Events.Add(claimEvent);
    }
}

internal static class HeardExtensions
{
    public static Heard Heard(this ClaimWorld world, string name) =>
        (Heard)world.Get<IServiceProvider>().GetRequiredKeyedService<IClaimEventHandler>(name);
}
