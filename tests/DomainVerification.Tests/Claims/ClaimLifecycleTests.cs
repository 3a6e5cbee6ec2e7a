using System.Text.Json;
using DomainVerification.Claims.Internal;

namespace DomainVerification.Tests.Claims;

public class ClaimLifecycleTests
{
    /// <summary>What each action does to each status, written down a second time: <c>+</c> where it is allowed, else the refusal.</summary>
    private const string Expected = """
        status       Prove             NoteCheck         Rotate      Claim             ClaimAndProvision FinishProvisioning FailProvisioning Unclaim     Release     Unverify      Cancel      Expire
        Pending      +                 +                 +           not_verified      not_verified      holding_ended      holding_ended    not_claimed not_claimed not_verified  +           +
        Verified     +                 +                 +           +                 +                 holding_ended      holding_ended    not_claimed not_claimed +             not_pending not_pending
        Provisioning +                 +                 +           already_claimed   already_claimed   +                  +                +           +           still_claimed not_pending not_pending
        Claimed      +                 +                 +           already_claimed   already_claimed   holding_ended      holding_ended    +           +           still_claimed not_pending not_pending
        Released     claim_ended       claim_ended       claim_ended claim_ended       claim_ended       holding_ended      holding_ended    claim_ended claim_ended claim_ended   claim_ended claim_ended
        Expired      challenge_expired challenge_expired claim_ended challenge_expired challenge_expired holding_ended      holding_ended    claim_ended claim_ended claim_ended   claim_ended claim_ended
        Revoked      claim_ended       claim_ended       claim_ended claim_ended       claim_ended       holding_ended      holding_ended    claim_ended claim_ended claim_ended   claim_ended claim_ended
        Canceled     claim_ended       claim_ended       claim_ended claim_ended       claim_ended       holding_ended      holding_ended    claim_ended claim_ended claim_ended   claim_ended claim_ended
        """;

    private static readonly DateTimeOffset Later = ClaimSamples.Now + TimeSpan.FromHours(1);

    [Fact]
    public void Apply_EveryActionInEveryStatus_DoesWhatTheTableOfThisTestSays()
    {
        var pairs = Enum.GetValues<ClaimStatus>().SelectMany(_ => Enum.GetValues<ClaimAction>(), (status, action) => (status, action));
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
                Assert.Null(result.Work);
            }
        });
    }

    [Fact]
    public void Apply_EveryRow_MovesTheClaimAndTellsWhoWhenAndFromWhere()
    {
        Assert.All(ClaimLifecycle.Table, row =>
        {
            var before = ClaimSamples.Of(row.From);

            var (claim, entry, _, _) = ClaimLifecycle.Apply(before, ClaimSamples.Command(row.Action), ClaimActor.User("jo"), Later);

            Assert.Equal(row.To, claim!.Status);
            Assert.Equal(before.Version + 1, claim.Version);
            Assert.Equal(Later, claim.ModifiedAt);
            Assert.Equal(ClaimActor.User("jo"), claim.ModifiedBy);
            Assert.Equal((before.Id, before.Owner, before.Domain, before.CreatedAt), (claim.Id, claim.Owner, claim.Domain, claim.CreatedAt));
            Assert.Equal(row.Event, entry?.Type);
            if (entry is not null)
            {
                Assert.Equal((row.From, row.To, claim.Version), (entry.From, entry.To, entry.ClaimVersion));
                Assert.Equal((Later, ClaimActor.User("jo"), claim.Epoch), (entry.At, entry.Actor, entry.Epoch));
                Assert.Equal((claim.Id, claim.Profile, claim.Owner, claim.Domain), (entry.ClaimId, entry.Profile, entry.Owner, entry.Domain));
            }
        });
    }

    [Fact]
    public void Apply_SameInput_GivesTheSameOutputWithAllIdentities()
    {
        Assert.All(ClaimLifecycle.Table, row =>
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
        var again = ClaimLifecycle.Apply(unclaimed.Claim!, new ClaimCommand.ClaimAndProvision(2), ClaimActor.System, Later);
        var other = ClaimLifecycle.Apply(
            ClaimSamples.Of(ClaimStatus.Provisioning, 2),
            ClaimSamples.Command(ClaimAction.Unclaim),
            ClaimActor.System,
            Later);

        Guid[] ids = [unclaimed.Event!.Id, unclaimed.Work!.Id, again.Event!.Id, again.Work!.Id, other.Event!.Id, other.Work!.Id];
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

        Assert.Equal((ClaimWorkKind.Release, 5L), (result.Work!.Kind, result.Work.Epoch));
        Assert.Equal("marketing", Assert.Single(result.Work.Identities).Kind);
        Assert.Empty(result.Claim!.Identities);
    }

    private static string ExpectedOf(ClaimStatus status, ClaimAction action)
    {
        var lines = Expected.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var column = Array.IndexOf(lines[0], action.ToString());
        return lines.Single(line => line[0] == status.ToString())[column];
    }
}
