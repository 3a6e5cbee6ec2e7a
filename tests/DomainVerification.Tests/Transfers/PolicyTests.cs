using DomainVerification.Tests.Claims;
using DomainVerification.Transfers.Internal;
using Microsoft.Extensions.Options;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Transfers;

/// <summary>A host's own policies.</summary>
public class PolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_policy_that_refuses_leaves_all_as_it_is()
    {
        await using var world = World(TransferDecision.Refuse("legal_hold"));
        var (_, bob) = await world.ContestedAsync();

        await world.RefusedAsync(Codes.TransferRefused, manager => manager.ClaimAsync(ClaimReference.To(bob)));
    }

    [Fact]
    public async Task A_wait_that_turns_into_a_refusal_ends()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy);
        var (ann, bob) = await world.ContestedAsync();
        policy.Decision = TransferDecision.WaitUntil(world.Clock.GetUtcNow() + TimeSpan.FromHours(1), "quiet_hours");
        await world.ClaimAsync(bob);
        policy.Decision = TransferDecision.Refuse("legal_hold");
        world.Clock.Advance(TimeSpan.FromHours(1));

        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.Verified), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
        Assert.Equal("requested verified transfer_waiting transfer_ended", await world.TrailAsync(bob));
        Assert.Null((await world.NowAsync(bob)).DueAt);
    }

    [Fact]
    public async Task A_policy_is_told_who_holds_since_when_and_what_the_host_knows()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy);
        var (ann, bob) = await world.ContestedAsync();
        var activity = new HolderActivity { RecentUses = 7 };
        world.Activity().Activity = activity;
        world.Clock.Advance(TimeSpan.FromHours(1));

        await world.ClaimAsync(bob);

        var asked = Assert.Single(policy.Asked);
        Assert.Equal((ann.Id, bob.Id, activity), (asked.Holder.Id, asked.Claimant.Id, asked.Activity));
        Assert.Equal((ann.ModifiedAt, world.Clock.GetUtcNow()), (asked.HeldSince, asked.Now));
        Assert.Equal(bob.Proof, asked.Claimant.Proof);
    }

    [Fact]
    public async Task A_takeover_that_the_profile_forbids_asks_no_policy()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy, options => options.Takeover = TakeoverRule.Never);
        var (_, bob) = await world.ContestedAsync();

        await world.RefusedAsync(Codes.DomainHeld, manager => manager.ClaimAsync(ClaimReference.To(bob)));

        Assert.Empty(policy.Asked);
    }

    [Fact]
    public async Task Of_several_policies_the_strictest_counts_and_all_reasons_are_told()
    {
        await using var world = TransferWorld.Create(
            options => options.Policies = ["own", TransferOptions.DefaultPolicy],
            build: builder => builder.AddTransferPolicy<WatchfulPolicy>("own"));
        var (_, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };

        var result = await world.ClaimAsync(bob);

        Assert.Equal(
            ["watchful", TransferReasons.PendingWork, TransferReasons.IncumbentProves],
            result.Claim!.Transfer!.Reasons);
    }

    [Fact]
    public void Decisions_are_ordered_from_mild_to_strict()
    {
        TransferDecision[] mildToStrict =
        [
            TransferDecision.Allow,
            TransferDecision.Reprove("a"),
            TransferDecision.Reprove("b", TimeSpan.FromDays(1)),
            TransferDecision.Review("c"),
            TransferDecision.WaitUntil(Noon, "d"),
            TransferDecision.WaitUntil(Noon.AddHours(1), "e"),
            TransferDecision.Refuse("f"),
        ];
        for (var i = 0; i < mildToStrict.Length; i++)
        {
            var judgement = TransferJudge.Of([.. mildToStrict[..(i + 1)]], HolderActivity.Unknown);
            Assert.Equal(mildToStrict[i], judgement.Decision);
            Assert.Equal(mildToStrict[1..Math.Max(1, i + 1)].Reverse().Select(decision => decision.Reason), judgement.Reasons);
        }
    }

    [Fact]
    public async Task A_policy_of_the_name_default_takes_the_place_of_the_SDKs_own()
    {
        await using var world = TransferWorld.Create(
            build: builder => builder.AddTransferPolicy<WatchfulPolicy>(TransferOptions.DefaultPolicy));
        var (_, bob) = await world.ContestedAsync();

        Assert.Equal(["watchful", TransferReasons.IncumbentProves], (await world.ClaimAsync(bob)).Claim!.Transfer!.Reasons);
    }

    [Fact]
    public async Task A_policy_that_nobody_registered_is_named_at_start()
    {
        await using var world = TransferWorld.Create(options => options.Policies = ["missing"]);

        var failure = Assert.Throws<OptionsValidationException>(() =>
            world.Get<IOptionsMonitor<DomainVerificationOptions>>().Get(string.Empty));

        Assert.Contains(
            "DomainVerification:Transfers:Policies:0 is 'missing' but must be a name that was registered with AddTransferPolicy.",
            failure.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Has space")]
    [InlineData("Upper")]
    [InlineData("naïve")]
    public void A_reason_is_a_code(string reason)
    {
        Assert.Throws<ArgumentException>(() => TransferDecision.Review(reason));
        Assert.Throws<ArgumentException>(() => TransferDecision.Refuse(reason));
        Assert.Throws<ArgumentException>(() => TransferDecision.Reprove(reason));
        Assert.Throws<ArgumentException>(() => TransferDecision.WaitUntil(Noon, reason));
    }

    [Fact]
    public void A_reason_has_64_characters_at_the_most()
    {
        Assert.Equal(64, TransferDecision.Review(new string('a', 64)).Reason!.Length);
        Assert.Throws<ArgumentException>(() => TransferDecision.Review(new string('a', 65)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferDecision.Reprove("a", TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferDecision.Reprove("a", TransferDecision.MaximumWithin + TimeSpan.FromTicks(1)));
        Assert.Equal(TransferDecision.MaximumWithin, TransferDecision.Reprove("a", TransferDecision.MaximumWithin).Within);
    }

    [Fact]
    public async Task A_wait_that_is_over_does_not_outrank_a_review()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy, options => options.Transfers.Policies = ["own", TransferOptions.DefaultPolicy]);
        var (ann, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { PendingWork = 1 };
        policy.Decision = TransferDecision.WaitUntil(world.Clock.GetUtcNow() + TimeSpan.FromHours(1), "quiet_hours");
        Assert.Equal(Codes.TransferWaiting, (await world.ClaimAsync(bob)).Error?.Code);
        world.Clock.Advance(TimeSpan.FromHours(1));

        await world.WorkAsync();

        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.InReview), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
        Assert.Equal(
            [TransferReasons.PendingWork, TransferReasons.IncumbentProves], (await world.NowAsync(bob)).Transfer!.Reasons);
    }

    [Fact]
    public async Task A_wait_that_is_over_when_it_is_answered_is_leave()
    {
        await using var world = World(TransferDecision.WaitUntil(Noon.AddYears(-1), "quiet_hours"));
        var (_, bob) = await world.ContestedAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.ClaimAsync(bob)).RequireClaim().Status);
    }

    [Fact]
    public async Task A_wait_that_is_over_before_it_is_written_goes_on()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy);
        var (ann, bob) = await world.ContestedAsync();
        policy.Decision = TransferDecision.WaitUntil(world.Clock.GetUtcNow() + TimeSpan.FromHours(1), "quiet_hours");
        await world.ClaimAsync(bob);
        world.Clock.Advance(TimeSpan.FromHours(1));
        policy.Decision = TransferDecision.WaitUntil(world.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1), "not_yet");
        policy.Asking = () =>
        {
            policy.Asking = null;
            policy.Decision = TransferDecision.Allow;
            world.Clock.Advance(TimeSpan.FromMilliseconds(2));
        };

        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.WorkAsync();
        Assert.Equal((ClaimStatus.Released, ClaimStatus.Claimed), (await world.StatusAsync(ann), await world.StatusAsync(bob)));
        Assert.Equal("requested verified transfer_waiting transfer_waiting claimed", await world.TrailAsync(bob));
    }

    [Fact]
    public async Task A_refusal_ends_no_takeover_that_was_done_before()
    {
        var policy = new ScriptedPolicy();
        await using var world = World(policy);
        var (_, bob) = await world.ContestedAsync();
        await world.ClaimAsync(bob);
        await world.Manager.UnclaimAsync(ClaimReference.To(bob));
        await world.ClaimedAsync("eve", Domain);
        policy.Decision = TransferDecision.Refuse("legal_hold");

        await world.RefusedAsync(Codes.TransferRefused, manager => manager.ClaimAsync(ClaimReference.To(bob)));
    }

    private static ClaimWorld World(TransferDecision decision) => World(new ScriptedPolicy { Decision = decision });

    private static ClaimWorld World(ScriptedPolicy policy, Action<DomainVerificationOptions>? profile = null) => TransferWorld.Create(
        options => options.Policies = ["own"],
        build: builder => builder.AddTransferPolicy<Forwarding>("own").Use<ScriptedPolicy>(_ => policy),
        profile: profile);

    private sealed class ScriptedPolicy : ITransferPolicy
    {
        public TransferDecision Decision { get; set; } = TransferDecision.Allow;

        public List<TransferRequest> Asked { get; } = [];

        public Action? Asking { get; set; }

        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            var decision = Decision;
            Asking?.Invoke();
            return ValueTask.FromResult(decision);
        }
    }

    private sealed class Forwarding(ScriptedPolicy inner) : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            inner.DecideAsync(request, cancellationToken);
    }

    private sealed class WatchfulPolicy : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Review("watchful"));
    }
}
