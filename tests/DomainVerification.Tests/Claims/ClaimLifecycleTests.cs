using System.Text.Json;
using DomainVerification.Claims.Internal;

namespace DomainVerification.Tests.Claims;

public class ClaimLifecycleTests
{
    /// <summary>What each action does to each status, written down a second time: <c>+</c> where it is allowed, else the refusal.</summary>
    private const string Expected = """
        action              Pending           Verified          InReview           Provisioning     Claimed
        Prove               +                 +                 +                  +                +
        NoteCheck           +                 +                 +                  +                +
        NoteRisk            claim_ended       +                 claim_ended        +                +
        NoteProof           claim_ended       +                 claim_ended        +                +
        NoteLapse           claim_ended       +                 claim_ended        +                +
        NoteRecovery        claim_ended       +                 claim_ended        +                +
        Rotate              +                 +                 +                  +                +
        ChangeMethod        +                 not_pending       not_pending        not_pending      not_pending
        Claim               not_verified      +                 transfer_in_review already_claimed  already_claimed
        ClaimAndProvision   not_verified      +                 transfer_in_review already_claimed  already_claimed
        AdvanceProvisioning holding_ended     holding_ended     holding_ended      +                holding_ended
        FinishProvisioning  holding_ended     holding_ended     holding_ended      +                holding_ended
        FailProvisioning    holding_ended     holding_ended     holding_ended      +                holding_ended
        RetryProvisioning   holding_ended     holding_ended     holding_ended      +                holding_ended
        SettleProvisioning  holding_ended     holding_ended     holding_ended      +                holding_ended
        Unclaim             not_claimed       not_claimed       not_claimed        +                +
        Release             not_claimed       not_claimed       not_claimed        +                +
        FailRelease         holding_ended     +                 +                  +                +
        ReplayWork          holding_ended     +                 +                  +                +
        DiscardWork         holding_ended     +                 +                  +                +
        Contest             not_claimed       not_claimed       not_claimed        +                +
        AwaitTransfer       not_verified      +                 transfer_in_review already_claimed  already_claimed
        EndTransfer         not_verified      +                 transfer_in_review already_claimed  already_claimed
        OpenReview          not_verified      +                 transfer_in_review already_claimed  already_claimed
        NoteTransfer        not_verified      +                 +                  already_claimed  already_claimed
        ApproveReview       review_not_found  review_not_found  +                  review_not_found review_not_found
        RejectReview        review_not_found  review_not_found  +                  review_not_found review_not_found
        ExpireReview        review_not_found  review_not_found  +                  review_not_found review_not_found
        CloseReview         review_not_found  review_not_found  +                  review_not_found review_not_found
        UndoTransfer        undo_not_possible undo_not_possible undo_not_possible  +                +
        Unverify            not_verified      +                 +                  still_claimed    still_claimed
        Cancel              +                 not_pending       not_pending        not_pending      not_pending
        Expire              +                 not_pending       not_pending        not_pending      not_pending
        """;

    /// <summary>The same for the statuses that a claim ends in.</summary>
    private const string ExpectedOfEnded = """
        action              Released          Expired           Revoked           Rejected
        Prove               claim_ended       challenge_expired claim_ended       claim_ended
        NoteCheck           claim_ended       challenge_expired claim_ended       claim_ended
        NoteRisk            claim_ended       claim_ended       claim_ended       claim_ended
        NoteProof           claim_ended       claim_ended       claim_ended       claim_ended
        NoteLapse           claim_ended       claim_ended       claim_ended       claim_ended
        NoteRecovery        claim_ended       claim_ended       claim_ended       claim_ended
        Rotate              claim_ended       claim_ended       claim_ended       claim_ended
        ChangeMethod        claim_ended       claim_ended       claim_ended       claim_ended
        Claim               claim_ended       challenge_expired claim_ended       claim_ended
        ClaimAndProvision   claim_ended       challenge_expired claim_ended       claim_ended
        AdvanceProvisioning holding_ended     holding_ended     holding_ended     holding_ended
        FinishProvisioning  holding_ended     holding_ended     holding_ended     holding_ended
        FailProvisioning    holding_ended     holding_ended     holding_ended     holding_ended
        RetryProvisioning   holding_ended     holding_ended     holding_ended     holding_ended
        SettleProvisioning  holding_ended     holding_ended     holding_ended     holding_ended
        Unclaim             claim_ended       claim_ended       claim_ended       claim_ended
        Release             claim_ended       claim_ended       claim_ended       claim_ended
        FailRelease         +                 holding_ended     +                 +
        ReplayWork          +                 holding_ended     +                 +
        DiscardWork         +                 holding_ended     +                 +
        Contest             claim_ended       claim_ended       claim_ended       claim_ended
        AwaitTransfer       claim_ended       claim_ended       claim_ended       claim_ended
        EndTransfer         claim_ended       claim_ended       claim_ended       claim_ended
        OpenReview          claim_ended       claim_ended       claim_ended       claim_ended
        NoteTransfer        claim_ended       claim_ended       claim_ended       claim_ended
        ApproveReview       review_not_found  review_not_found  review_not_found  review_not_found
        RejectReview        review_not_found  review_not_found  review_not_found  review_not_found
        ExpireReview        review_not_found  review_not_found  review_not_found  review_not_found
        CloseReview         review_not_found  review_not_found  review_not_found  review_not_found
        UndoTransfer        undo_not_possible undo_not_possible undo_not_possible undo_not_possible
        Unverify            claim_ended       claim_ended       claim_ended       claim_ended
        Cancel              claim_ended       claim_ended       claim_ended       claim_ended
        Expire              claim_ended       claim_ended       claim_ended       claim_ended
        """;

    private static readonly DateTimeOffset Later = ClaimSamples.Now + TimeSpan.FromHours(1);

    [Fact]
    public void Apply_EveryActionInEveryStatus_DoesWhatTheTableOfThisTestSays()
    {
        var pairs =
            from status in Enum.GetValues<ClaimStatus>()
            from action in Enum.GetValues<ClaimAction>()
            select (status, action);
        Assert.All(pairs, pair =>
        {
            var before = ClaimSamples.Of(pair.status);
            var text = JsonSerializer.Serialize(before);

            var result = ClaimLifecycle.Apply(before, ClaimSamples.Command(pair.action), ClaimActor.User("jo"), Later);

            Assert.Equal(text, JsonSerializer.Serialize(before));
            Assert.Equal(ExpectedOf(pair.status, pair.action), result.Error?.Code ?? "+");
            Assert.Equal(result.Error is null, result.Claim is not null);
            if (result.Error is not null)
            {
                Assert.Null(result.Event);
                Assert.Empty(result.Work);
            }
        });
    }

    [Fact]
    public void Apply_EveryRow_MovesTheClaimAndTellsWhoWhenAndFromWhere()
    {
        Assert.All(ClaimTransitions.Table, row =>
        {
            var before = ClaimSamples.Of(row.From);

            var (claim, entry, _, _) = ClaimLifecycle.Apply(before, ClaimSamples.Command(row.Action), ClaimActor.User("jo"), Later);

            Assert.Equal(row.To, claim!.Status);
            Assert.Equal(before.Version + 1, claim.Version);
            Assert.Equal(Later, claim.ModifiedAt);
            Assert.Equal(ClaimActor.User("jo"), claim.ModifiedBy);
            Assert.Equal((before.Id, before.Owner, before.Domain), (claim.Id, claim.Owner, claim.Domain));
            Assert.Equal(before.CreatedAt, claim.CreatedAt);
            Assert.Equal(row.Event, entry?.Type);
            if (entry is not null)
            {
                Assert.Equal((row.From, row.To, claim.Version), (entry.From, entry.To, entry.ClaimVersion));
                var epoch = IsAboutWork(row.Action) ? ClaimSamples.FormerEpoch : claim.Epoch;
                Assert.Equal((Later, ClaimActor.User("jo"), epoch), (entry.At, entry.Actor, entry.Epoch));
                Assert.Equal((claim.Id, claim.Profile), (entry.ClaimId, entry.Profile));
                Assert.Equal((claim.Owner, claim.Domain), (entry.Owner, entry.Domain));
            }
        });
    }

    [Fact]
    public void Apply_SameInput_GivesTheSameOutputWithAllIdentities()
    {
        Assert.All(ClaimTransitions.Table, row =>
        {
            var first = ClaimLifecycle.Apply(ClaimSamples.Of(row.From), ClaimSamples.Command(row.Action), ClaimActor.System, Later);
            var second = ClaimLifecycle.Apply(ClaimSamples.Of(row.From), ClaimSamples.Command(row.Action), ClaimActor.System, Later);

            Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        });
    }

    [Fact]
    public void Apply_DifferentMoves_GiveDifferentIdentities()
    {
        var held = ClaimSamples.Of(ClaimStatus.Provisioning);
        var unclaimed = ClaimLifecycle.Apply(held, ClaimSamples.Command(ClaimAction.Unclaim), ClaimActor.System, Later);
        var again = ClaimLifecycle.Apply(unclaimed.Claim!, new ClaimCommand.ClaimAndProvision(2, [string.Empty]), ClaimActor.System, Later);
        var other = ClaimLifecycle.Apply(
            ClaimSamples.Of(ClaimStatus.Provisioning, 2),
            ClaimSamples.Command(ClaimAction.Unclaim),
            ClaimActor.System,
            Later);

        Guid[] ids = [unclaimed.Event!.Id, unclaimed.Work[0].Id, again.Event!.Id, again.Work[0].Id, other.Event!.Id, other.Work[0].Id];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(nameof(ClaimAction.Prove))]
    [InlineData(nameof(ClaimAction.NoteCheck))]
    public void Apply_CheckOfAChallengeThatRanOut_IsRefused(string action)
    {
        var claim = ClaimSamples.Pending();

        var result = ClaimLifecycle.Apply(
            claim,
            ClaimSamples.Command(Enum.Parse<ClaimAction>(action)),
            ClaimActor.System,
            claim.Challenge.ExpiresAt!.Value);

        Assert.Equal(DomainVerificationErrorCodes.ChallengeExpired, result.Error?.Code);
    }

    [Fact]
    public void Apply_Rotate_KeepsTheNewestEightSpentTokens()
    {
        var claim = ClaimSamples.Pending();
        for (var generation = 2; generation <= 12; generation++)
        {
            var command = new ClaimCommand.Rotate(ClaimSamples.Challenge(generation), null);
            claim = ClaimLifecycle.Apply(claim, command, ClaimActor.System, Later).Claim!;
        }

        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4], claim.SpentTokens.Select(spent => spent.Generation));
    }

    [Fact]
    public void Apply_EndOfAHolding_ReleasesItsIdentitiesAtItsEpoch()
    {
        var provisioned = ClaimLifecycle.Apply(
            ClaimSamples.Of(ClaimStatus.Provisioning, epoch: 5),
            ClaimSamples.Command(ClaimAction.FinishProvisioning),
            ClaimActor.System,
            Later).Claim!;

        var result = ClaimLifecycle.Apply(provisioned, ClaimSamples.Command(ClaimAction.Release), ClaimActor.System, Later);

        var work = Assert.Single(result.Work);
        Assert.Equal((ClaimWorkKind.Release, 5L), (work.Kind, work.Epoch));
        Assert.Equal("marketing", Assert.Single(work.Identities).Kind);
        Assert.Empty(result.Claim!.Identities);
    }

    [Theory]
    [InlineData(nameof(ClaimAction.FailRelease))]
    [InlineData(nameof(ClaimAction.ReplayWork))]
    [InlineData(nameof(ClaimAction.DiscardWork))]
    public void Apply_WhatIsAboutWorkOfAnEndedHolding_LeavesAllElseAsItIs(string action)
    {
        var verified = ClaimSamples.Of(ClaimStatus.Verified) with { DueAt = Later };

        var result = ClaimLifecycle.Apply(verified, ClaimSamples.Command(Enum.Parse<ClaimAction>(action)), ClaimActor.System, Later);

        var expected = verified with { Version = verified.Version + 1, ModifiedAt = Later, ModifiedBy = ClaimActor.System };
        Assert.Equal(expected, result.Claim);
        Assert.Equal("account_locked", result.Event!.Reason);
        Assert.Empty(result.Work);
    }

    [Theory]
    [InlineData(nameof(ClaimAction.FinishProvisioning))]
    [InlineData(nameof(ClaimAction.RetryProvisioning))]
    [InlineData(nameof(ClaimAction.Unclaim))]
    [InlineData(nameof(ClaimAction.Release))]
    public void Apply_AfterFailedProvisioning_ClearsItsError(string action)
    {
        var failed = ClaimLifecycle.Apply(
            ClaimSamples.Of(ClaimStatus.Provisioning),
            ClaimSamples.Command(ClaimAction.FailProvisioning),
            ClaimActor.System,
            Later).Claim!;
        Assert.Equal("quota_exceeded", failed.ProvisioningError!.Code);

        var next = ClaimLifecycle.Apply(failed, ClaimSamples.Command(Enum.Parse<ClaimAction>(action)), ClaimActor.System, Later);

        Assert.Null(next.Claim!.ProvisioningError);
    }

    [Fact]
    public void Apply_ReplayOfAProvision_LetsTheClaimWaitAgain()
    {
        var failed = ClaimLifecycle.Apply(
            ClaimSamples.Of(ClaimStatus.Provisioning),
            ClaimSamples.Command(ClaimAction.FailProvisioning),
            ClaimActor.System,
            Later).Claim!;

        var result = ClaimLifecycle.Apply(failed, new ClaimCommand.ReplayWork(ClaimSamples.Provision(1)), ClaimActor.User("op"), Later);

        Assert.Equal((ClaimStatus.Provisioning, null), (result.Claim!.Status, result.Claim.ProvisioningError));
        Assert.Equal((1L, "account_locked"), (result.Event!.Epoch, result.Event.Reason));
        Assert.Empty(result.Work);
    }

    [Theory]
    [InlineData(ClaimStatus.Provisioning, 2)]
    [InlineData(ClaimStatus.Verified, 1)]
    [InlineData(ClaimStatus.Claimed, 1)]
    [InlineData(ClaimStatus.Released, 1)]
    [InlineData(ClaimStatus.Revoked, 1)]
    public void Apply_ReplayOfAProvisionThatNobodyWaitsFor_IsRefused(ClaimStatus status, long epoch)
    {
        var command = new ClaimCommand.ReplayWork(ClaimSamples.Provision(epoch));

        var result = ClaimLifecycle.Apply(ClaimSamples.Of(status), command, ClaimActor.User("op"), Later);

        Assert.Equal((DomainVerificationErrorCodes.HoldingEnded, null), (result.Error?.Code, result.Claim));
    }

    /// <summary>Whether an action is about work whose holding may have ended long ago.</summary>
    private static bool IsAboutWork(ClaimAction action) =>
        action is ClaimAction.FailRelease or ClaimAction.ReplayWork or ClaimAction.DiscardWork;

    private static string ExpectedOf(ClaimStatus status, ClaimAction action)
    {
        var expected = status.IsLive ? Expected : ExpectedOfEnded;
        var lines = expected.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        // A canceled claim is like a revoked one, save that it never held.
        var ended = IsAboutWork(action) ? ClaimStatus.Expired : ClaimStatus.Revoked;
        var alike = status == ClaimStatus.Canceled ? ended : status;
        var column = Array.IndexOf(lines[0], alike.ToString());
        return lines.Single(line => line[0] == action.ToString())[column];
    }
}
