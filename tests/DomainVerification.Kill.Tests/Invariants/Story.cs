using DomainVerification.Kill.Host.Identities;
using DomainVerification.Kill.Host.Notices;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Tells a short history of claims to one domain as a snapshot that breaks no promise, for tests to break one.</summary>
internal sealed class Story
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DomainName Domain = DomainName.Parse("acme.com");

    private readonly Dictionary<string, DomainClaim> _claims = [];
    private readonly List<ClaimEvent> _events = [];
    private DateTimeOffset _now = Start;
    private long _epoch;

    /// <summary>One owner holds the domain and is taken over by another, who holds it now.</summary>
    public static Snapshot OfTakeover()
    {
        var story = new Story();
        story.Move("first", ClaimEventTypes.Requested, ClaimStatus.Pending);
        story.Move("first", ClaimEventTypes.Verified, ClaimStatus.Verified);
        story.Hold("first");
        story.Move("second", ClaimEventTypes.Requested, ClaimStatus.Pending);
        story.Move("second", ClaimEventTypes.Verified, ClaimStatus.Verified);
        story.Move("second", ClaimEventTypes.ReviewOpened, ClaimStatus.InReview);
        story.Move("second", ClaimEventTypes.ReviewApproved, ClaimStatus.Verified);
        story.Move("first", ClaimEventTypes.Released, ClaimStatus.Released);
        story.Hold("second");
        story.Approve("second", "first");
        return story.End();
    }

    private Snapshot End()
    {
        var holder = _claims.Values.Single(claim => claim.Status.Holds);
        return new Snapshot
        {
            Claims = [.. _claims.Values],
            Events = _events,
            Holdings = new Dictionary<DomainName, DomainHolding> { [Domain] = new(_epoch, holder) },
            Identities =
            [
                .. holder.Identities.Select(identity =>
                    new IdentityRow(identity.Id, holder.Id, Domain.Value, holder.Epoch, identity.Provisioner)),
            ],
            Notices = [.. _events.Select((item, number) => new NoticeRow(number, item.Id, item.ClaimId, item.ClaimVersion))],
            Acknowledged = [.. _events.Select(item => new Acknowledgement(item.ClaimId, item.ClaimVersion, item.To))],
        };
    }

    /// <summary>Says of a holder that it took the domain over by an approval.</summary>
    private void Approve(string owner, string from)
    {
        var former = _claims[from];
        _claims[owner] = _claims[owner] with
        {
            Transfer = new ClaimTransfer
            {
                State = TransferState.Done,
                OpenedAt = _now,
                Verdict = new TransferVerdict(
                    ClaimActor.User("reviewer"),
                    _events.Single(item => item.Type == ClaimEventTypes.ReviewApproved).At,
                    null),
                Holder = new TransferHolder(former.Id, former.Epoch, HolderActivity.Unknown, null, null),
            },
        };
    }

    private void Hold(string owner)
    {
        _epoch++;
        Move(owner, ClaimEventTypes.Claimed, ClaimStatus.Provisioning);
        Move(owner, ClaimEventTypes.Provisioned, ClaimStatus.Claimed);
    }

    private void Move(string owner, string type, ClaimStatus to)
    {
        _now += TimeSpan.FromSeconds(1);
        var before = _claims.GetValueOrDefault(owner);
        var claim = (before ?? NewClaim(owner)) with
        {
            Status = to,
            Version = (before?.Version ?? 0) + 1,
            Epoch = type == ClaimEventTypes.Claimed ? _epoch : before?.Epoch ?? 0,
            Identities = to == ClaimStatus.Claimed
                ? [.. RecordingProvisioner.Kinds.Select(kind => new ProvisionedIdentity
                {
                    Id = $"{owner}/{kind}",
                    Kind = kind,
                    Provisioner = MailProvisioner.Name,
                })]
                : [],
            Provisioning = to.Holds
                ? [new ProvisioningStep(MailProvisioner.Name, StepOf(to))]
                : [],
        };
        _claims[owner] = claim;
        _events.Add(new ClaimEvent
        {
            Id = Guid.CreateVersion7(_now),
            Type = type,
            ClaimId = claim.Id,
            ClaimVersion = claim.Version,
            Profile = claim.Profile,
            Owner = owner,
            Domain = Domain,
            From = before?.Status,
            To = to,
            Epoch = claim.Epoch,
            At = _now,
            Actor = ClaimActor.System,
        });
    }

    private static ProvisioningStepState StepOf(ClaimStatus status) =>
        status == ClaimStatus.Claimed ? ProvisioningStepState.Done : ProvisioningStepState.Waiting;

    private DomainClaim NewClaim(string owner) => new()
    {
        Id = new ClaimId(Guid.CreateVersion7(_now)),
        Profile = string.Empty,
        Owner = owner,
        Domain = Domain,
        Status = ClaimStatus.Pending,
        Challenge = new Challenge
        {
            Record = new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = "_x.acme.com", ValueFormat = "{token}" },
            Token = new StoredToken("random", owner),
            Generation = 1,
            IssuedAt = _now,
            ExpiresAt = _now + TimeSpan.FromDays(7),
        },
        Version = 1,
        CreatedAt = _now,
        CreatedBy = ClaimActor.System,
        ModifiedAt = _now,
        ModifiedBy = ClaimActor.System,
    };
}
