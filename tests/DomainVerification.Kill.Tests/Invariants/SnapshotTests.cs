using DomainVerification.Kill.Host.Identities;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Each promise that the kill test checks, broken once: the check must see it and say what is wrong.</summary>
public sealed class SnapshotTests
{
    private readonly Snapshot _story = Story.OfTakeover();

    private DomainClaim Loser => _story.Claims[0];

    private DomainClaim Holder => _story.Claims[1];

    [Fact]
    public void FindViolations_EveryPromiseKept_IsEmpty() => Assert.Empty(_story.FindViolations());

    [Fact]
    public void FindViolations_HolderBeginsBeforeTheLastOneEnded_IsSeen() => AssertSeen(
        _story with { Events = Change(item => item.Type == ClaimEventTypes.Released, item => item with { At = item.At.AddMinutes(1) }) },
        "ended after");

    [Fact]
    public void FindViolations_HolderNeverEnded_IsSeen() => AssertSeen(
        _story with { Events = [.. _story.Events.Where(item => item.Type != ClaimEventTypes.Released)] },
        "has not ended");

    [Fact]
    public void FindViolations_EpochUsedTwice_IsSeen() => AssertSeen(
        _story with { Events = Change(item => item.Epoch == 2, item => item with { Epoch = 1 }) },
        "have the same epoch");

    [Fact]
    public void FindViolations_StoreNamesAnotherHolder_IsSeen() => AssertSeen(
        _story with { Holdings = _story.Holdings.ToDictionary(item => item.Key, item => item.Value with { Holder = null }) },
        "and the store says");

    [Fact]
    public void FindViolations_HoldingWithoutTrail_IsSeen() => AssertSeen(
        _story with { Events = [.. _story.Events.Where(item => item.Type != ClaimEventTypes.Claimed)] },
        "no holding in the trail");

    [Fact]
    public void FindViolations_ProvisioningWithoutWork_IsSeen() => AssertSeen(
        _story with
        {
            Claims = [Loser, Holder with { Status = ClaimStatus.Provisioning, Provisioning = [new(MailProvisioner.Name)] }],
        },
        "nobody does it");

    [Fact]
    public void FindViolations_ClaimStillDue_IsSeen() => AssertSeen(
        _story with { Claims = [Loser with { DueAt = Loser.CreatedAt }, Holder] },
        "nobody looks at it");

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void FindViolations_WorkLeft_IsSeenUnlessItIsADeadLetter(bool isDead, bool isSeen)
    {
        var work = new ClaimWork
        {
            Id = Guid.CreateVersion7(),
            Kind = ClaimWorkKind.Release,
            ClaimId = Loser.Id,
            Profile = Loser.Profile,
            Owner = Loser.Owner,
            Domain = Loser.Domain,
            Epoch = Loser.Epoch,
            CreatedAt = Loser.CreatedAt,
            DueAt = Loser.CreatedAt,
            DeadAt = isDead ? Loser.CreatedAt : null,
        };

        var violations = (_story with { Work = [work] }).FindViolations();

        Assert.Equal(isSeen, violations.Any(text => text.Contains("was not done", StringComparison.Ordinal)));
    }

    [Fact]
    public void FindViolations_HolderLacksAnIdentity_IsSeen() => AssertSeen(
        _story with { Identities = [_story.Identities[0]] },
        "is Claimed at epoch 2 with");

    [Fact]
    public void FindViolations_LoserHasAnIdentity_IsSeen() => AssertSeen(
        WithIdentity(new IdentityRow("late", Loser.Id, Loser.Domain.Value, Loser.Epoch, MailProvisioner.Name)),
        "belongs to a loser");

    [Fact]
    public void FindViolations_FormerEpochHasAnIdentity_IsSeen() => AssertSeen(
        WithIdentity(new IdentityRow("late", Holder.Id, Holder.Domain.Value, 1, MailProvisioner.Name)),
        "belongs to a loser");

    [Fact]
    public void FindViolations_EventLost_IsSeen() => AssertSeen(
        _story with { Events = [.. _story.Events.Where(item => item.Type != ClaimEventTypes.Verified)] },
        "is lost");

    [Fact]
    public void FindViolations_ChangeThatWasToLeaveNoEvent_IsNoViolation()
    {
        var later = Holder with { Version = Holder.Version + 1 };

        var story = _story with
        {
            Claims = [Loser, later],
            Silent = new HashSet<SilentChange> { new(later.Id, later.Version) },
        };

        Assert.Empty(story.FindViolations());
    }

    [Fact]
    public void FindViolations_LastEventLost_IsSeen() => AssertSeen(
        _story with { Claims = [Loser, Holder with { Version = Holder.Version + 1 }] },
        "is lost");

    [Fact]
    public void FindViolations_EventsOutOfOrder_IsSeen() =>
        AssertSeen(_story with { Events = [.. _story.Events.Reverse()] }, "does not begin with its request");

    [Fact]
    public void FindViolations_EventSkipsAStatus_IsSeen() => AssertSeen(
        _story with { Events = Change(item => item.Type == ClaimEventTypes.Claimed, item => item with { From = ClaimStatus.Pending }) },
        "and Pending before claimed");

    [Fact]
    public void FindViolations_ClaimIsNotWhereItsTrailEnds_IsSeen() =>
        AssertSeen(_story with { Claims = [Loser with { Status = ClaimStatus.Revoked }, Holder] }, "its trail ends with Released");

    [Fact]
    public void FindViolations_EventTwice_IsSeen() =>
        AssertSeen(_story with { Events = [.. _story.Events, _story.Events[^1]] }, "is there twice");

    [Fact]
    public void FindViolations_AcknowledgedChangeIsGone_IsSeen() => AssertSeen(
        _story with { Acknowledged = [new Acknowledgement(Holder.Id, Holder.Version + 1, ClaimStatus.Verified)] },
        "A caller was told");

    [Fact]
    public void FindViolations_ClaimedWithAStepThatIsNotDone_IsSeen() => AssertSeen(
        _story with { Claims = [Loser, Holder with { Provisioning = [.. Holder.Provisioning, new ProvisioningStep("other")] }] },
        "with the steps");

    [Fact]
    public void FindViolations_CaseThatNobodyDecided_IsSeen() => AssertSeen(
        _story with { Claims = [Loser with { Status = ClaimStatus.InReview }, Holder] },
        "nobody decides");

    [Fact]
    public void FindViolations_IdentityOfAnotherProvisioner_IsSeen() => AssertSeen(
        _story with { Identities = [.. _story.Identities.Select(row => row with { Provisioner = CertificateProvisioner.Name })] },
        "is said to be of");

    [Fact]
    public void FindViolations_TakeoverWithoutItsApproval_IsSeen() => AssertSeen(
        _story with { Events = [.. _story.Events.Where(item => item.Type != ClaimEventTypes.ReviewApproved)] },
        "nobody approved");

    [Fact]
    public void FindViolations_TakeoverFromAnotherEpoch_IsSeen() => AssertSeen(
        _story with { Claims = [Loser, WithHolder(Holder.Transfer!.Holder! with { Epoch = 7 })] },
        "was not released");

    [Fact]
    public void FindViolations_ReturnWithoutUndoing_IsSeen() => AssertSeen(
        _story with
        {
            Events = Change(
                item => item.ClaimId == Holder.Id && item.Type == ClaimEventTypes.Claimed,
                item => item with { Type = ClaimEventTypes.Restored }),
        },
        "nothing was undone");

    [Fact]
    public void FindViolations_TokenTwice_IsSeen() => AssertSeen(
        _story with { Claims = [Loser with { Challenge = Holder.Challenge }, Holder] },
        "have the same token");

    [Fact]
    public void FindViolations_EventThatNobodyWasTold_IsSeen() => AssertSeen(
        _story with { Notices = [.. _story.Notices.Skip(1)] },
        "was told to nobody");

    [Fact]
    public void FindViolations_EventToldTwice_IsNoViolation() =>
        Assert.Empty((_story with { Notices = [.. _story.Notices, _story.Notices[0] with { Number = 100 }] }).FindViolations());

    [Fact]
    public void FindViolations_EventToldBeforeAnEarlierOne_IsSeen() => AssertSeen(
        _story with { Notices = [.. _story.Notices.Reverse()] },
        "was told after");

    [Fact]
    public void FindViolations_TrailNamesAnotherOwner_IsSeen() => AssertSeen(
        _story with
        {
            Events = Change(item => item.Type == ClaimEventTypes.Released, item => item with { Actor = ClaimActor.User(Holder.Owner) }),
        },
        "names another owner");

    private Snapshot WithIdentity(IdentityRow row) => _story with { Identities = [.. _story.Identities, row] };

    private DomainClaim WithHolder(TransferHolder about) => Holder with { Transfer = Holder.Transfer! with { Holder = about } };

    private List<ClaimEvent> Change(Func<ClaimEvent, bool> which, Func<ClaimEvent, ClaimEvent> change) =>
        [.. _story.Events.Select(item => which(item) ? change(item) : item)];

    private static void AssertSeen(Snapshot snapshot, string what) =>
        Assert.Contains(snapshot.FindViolations(), text => text.Contains(what, StringComparison.Ordinal));
}
