using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    /// <summary>Every field of a claim is kept.</summary>
    [Contract("Whatever was committed is found by every later read.", Where = "IClaimStore; DomainClaim")]
    public async Task Commit_ClaimWithEveryField_IsReadAsItWasWritten()
    {
        var claim = ExtremeSample.Claim;
        await PutAsync(claim);

        await AssertEveryReadGivesAsync(claim);
        var due = await Store.LeaseDueClaimsAsync(new LeaseRequest(claim.DueAt!.Value, Sample.Minute, 1), default);
        FieldList.AssertSame(claim, Assert.Single(due));
    }

    /// <summary>What is absent stays absent.</summary>
    [Contract("Whatever was committed is found by every later read: what is absent stays absent.", Where = "IClaimStore; DomainClaim")]
    public async Task Commit_ClaimWithoutOptionalFields_IsReadAsItWasWritten()
    {
        var claim = Sample.Claim();
        await PutAsync(claim);

        await AssertEveryReadGivesAsync(claim);
    }

    /// <summary>Every method of proof is kept.</summary>
    [Contract("Whatever was committed is found by every later read: a challenge by any method.", Where = "IClaimStore; ProofMethod")]
    public async Task Commit_ChallengesOfEveryMethod_AreReadAsTheyWereWritten()
    {
        var number = 0;
        foreach (var method in Enum.GetValues<ProofMethod>())
        {
            var claim = Sample.Claim(++number, domain: $"m{number}.example");
            var record = new ChallengeRecord
            {
                Method = method,
                Name = $"http://{claim.Domain}/.well-known/host-challenge/~id.{number}",
                ValueFormat = "token={token}",
                TimeToLive = TimeSpan.Zero,
            };
            claim = claim with { Challenge = claim.Challenge with { Record = record } };
            await PutAsync(claim);

            await AssertEveryReadGivesAsync(claim);
        }
    }

    /// <summary>A change replaces every field.</summary>
    [Contract("A claim of version n replaces the stored state of version n - 1: all of it.", Where = "ClaimCommit.Claims")]
    public async Task Commit_NextVersion_ReplacesEveryFieldThatMayChange()
    {
        var rich = ExtremeSample.Claim;
        var bare = Sample.Claim() with
        {
            Id = rich.Id,
            Profile = rich.Profile,
            Owner = rich.Owner,
            Domain = rich.Domain,
            Exclusivity = rich.Exclusivity,
            Challenge = Sample.Challenge(7),
            CreatedAt = rich.CreatedAt,
            CreatedBy = rich.CreatedBy,
            Version = 2,
        };
        await PutAsync(rich);

        await PutAsync(bare);
        await AssertEveryReadGivesAsync(bare);

        await PutAsync(rich with { Version = 3, Epoch = rich.Epoch + 1 });
        await AssertEveryReadGivesAsync(rich with { Version = 3, Epoch = rich.Epoch + 1 });
    }

    /// <summary>Every field of an event is kept.</summary>
    [Contract(
        "Whatever was committed is found by every later read: the audit trail too.",
        Where = "IClaimStore.ListEventsAsync; ClaimEvent")]
    public async Task Commit_EventWithEveryField_IsReadAsItWasWritten()
    {
        var bare = Sample.Event(ExtremeSample.Claim.Next());
        await PutAsync(new ClaimCommit { Claims = [ExtremeSample.Claim], Events = [ExtremeSample.Event] });
        await PutAsync(new ClaimCommit { Claims = [ExtremeSample.Claim.Next()], Events = [bare] });

        var events = await Store.ListEventsAsync(ExtremeSample.Claim.Id, default);

        FieldList.AssertSame(new[] { ExtremeSample.Event, bare }, events.ToArray());
    }

    /// <summary>Every field of work is kept.</summary>
    [Contract("Whatever was committed is found by every later read: the outbox too.", Where = "IClaimStore.FindWorkAsync; ClaimWork")]
    public async Task Commit_WorkWithEveryField_IsReadAsItWasWritten()
    {
        var work = ExtremeSample.Work;
        var bare = Sample.Work(1);
        await PutAsync(new ClaimCommit { Claims = [ExtremeSample.Claim, Sample.Claim()], Work = [work, bare] });

        FieldList.AssertSame(work, await Store.FindWorkAsync(work.Id, default));
        FieldList.AssertSame(bare, await Store.FindWorkAsync(bare.Id, default));
        FieldList.AssertSame(new[] { work, bare }, (await Store.ListWorkAsync(new WorkQuery(), default)).Work.ToArray());
        FieldList.AssertSame(new[] { work, bare }, (await Store.LeaseWorkAsync(Sample.Lease(Sample.Now), default)).ToArray());
    }

    /// <summary>Types, codes and schemes that only a later version of the SDK knows are kept.</summary>
    [Contract(
        "Stores keep what they do not know as it is.",
        Where = "DomainClaim.Properties; ClaimEvent.Type; StoredToken; DomainVerificationError")]
    public async Task Commit_DataOfALaterVersion_IsReadAsItWasWritten()
    {
        var claim = Sample.Claim() with
        {
            Challenge = Sample.Challenge(1) with { Token = new StoredToken("post-quantum;v=9", "{\"a\":[1,null]}") },
            SpentTokens = [new SpentToken(0, new StoredToken("?", string.Empty))],
            LastCheck = new ClaimCheck(Sample.Now, ProofOutcome.NotProved, "a_code_that_nobody_knows_yet"),
            Identities = [new() { Id = "1", Kind = "satellite", Provisioner = "orbit;v=2" }],
            Provisioning = [new ProvisioningStep("orbit;v=2", Error: new DomainVerificationError("another_code", "In Worten."))],
            Transfer = new ClaimTransfer
            {
                State = TransferState.Waiting,
                OpenedAt = Sample.Now,
                Reasons = ["a_reason_that_nobody_knows_yet", "a_reason_that_nobody_knows_yet"],
            },
            Properties = new Dictionary<string, string> { ["$type"] = "System.Object", ["null"] = "null", ["json"] = "{\"x\": 1e400}" },
        };
        var entry = Sample.Event(claim, "an_event_that_nobody_knows_yet") with { Reason = "a_reason_that_nobody_knows_yet" };
        var work = Sample.Work(1) with
        {
            Identities = [new() { Id = "1", Kind = "satellite", Records = [new IdentityRecord("HTTPS", "a", "1 . alpn=h3")] }],
            LastError = new DomainVerificationError("a_third_code", "No."),
        };

        await PutAsync(new ClaimCommit { Claims = [claim], Events = [entry], Work = [work] });

        await AssertEveryReadGivesAsync(claim);
        FieldList.AssertSame(entry, Assert.Single(await Store.ListEventsAsync(claim.Id, default)));
        FieldList.AssertSame(work, await Store.FindWorkAsync(work.Id, default));
    }

    /// <summary>Every status is kept.</summary>
    [Contract("A claim is found in the status that it was committed in, live or ended.", Where = "IClaimStore.FindAsync; ClaimStatus")]
    public async Task Commit_EachStatus_IsReadAsItWasWritten()
    {
        var claims = Enum.GetValues<ClaimStatus>()
            .Select((status, number) => Sample.Claim(number + 1, "ann", $"name-{number}.example") with
            {
                Status = status,
                Epoch = status.Holds ? 1 : 0,
            })
            .ToArray();
        await PutAsync(claims);

        foreach (var claim in claims)
        {
            await AssertEveryReadGivesAsync(claim);
        }
    }

    /// <summary>Every kind of work is kept.</summary>
    [Contract("Work is found with the kind and the target that it was committed with.", Where = "IClaimStore.FindWorkAsync; ClaimWorkKind")]
    public async Task Commit_EachKindOfWork_IsReadAsItWasWritten()
    {
        var work = Enum.GetValues<ClaimWorkKind>()
            .Select((kind, number) => Sample.Work(number + 1) with { Kind = kind, Target = $"target-{number}", ClaimVersion = number })
            .ToArray();
        await EnqueueAsync(work);

        FieldList.AssertSame(work, (await Store.ListWorkAsync(new WorkQuery(), default)).Work.ToArray());
        foreach (var item in work)
        {
            FieldList.AssertSame(item, await Store.FindWorkAsync(item.Id, default));
        }
    }

    /// <summary>Every state of a takeover, of a proof and of a provisioner is kept, with and without what may be absent.</summary>
    [Contract(
        "Whatever was committed is found by every later read: takeovers, steps and health in each of their states.",
        Where = "DomainClaim.Transfer; DomainClaim.Provisioning; DomainClaim.Health")]
    public async Task Commit_EachStateOfTransferStepAndHealth_IsReadAsItWasWritten()
    {
        var bare = new ClaimTransfer { State = TransferState.Waiting, OpenedAt = Sample.Now };
        var holder = new TransferHolder(Sample.Id(9), 1, HolderActivity.Unknown, null, null);
        DomainClaim[] claims =
        [
            .. Enum.GetValues<TransferState>().Select(state => Sample.Claim() with { Transfer = bare with { State = state } }),
            Sample.Claim() with { Transfer = bare with { Holder = holder } },
            Sample.Claim() with { Transfer = bare with { Verdict = new TransferVerdict(ClaimActor.System, Sample.Now, null) } },
            .. Enum.GetValues<ProofHealth>().Select(state => Sample.Claim() with { Health = new ClaimHealth(state, Sample.Now) }),
            .. Enum.GetValues<ProvisioningStepState>().Select(state => Sample.Claim() with { Provisioning = [new("", state), new("mail")] }),
        ];
        claims = [.. claims.Select((claim, index) => claim with { Id = Sample.Id(index + 1), Domain = Sample.Name($"name-{index}.example") })];
        await PutAsync(claims);

        foreach (var claim in claims)
        {
            await AssertEveryReadGivesAsync(claim);
        }
    }

    /// <summary>Reads of what was never written find nothing.</summary>
    [Contract("What is not there is null or empty, never an exception.", Where = "IClaimStore")]
    public async Task Find_Unknown_IsNullOrEmpty()
    {
        Assert.Null(await Store.FindAsync(Sample.Id(9), default));
        Assert.Null(await Store.FindNewestAsync(string.Empty, "ann", Sample.Name(), default));
        FieldList.AssertSame(DomainHolding.None, await Store.FindHoldingAsync(string.Empty, Sample.Name(), default));
        Assert.Empty(await Store.ListEventsAsync(Sample.Id(9), default));
        FieldList.AssertSame(new ClaimPage([], null), await Store.ListAsync(new ClaimQuery { Owner = "ann" }, default));
        FieldList.AssertSame(new WorkPage([], null), await Store.ListWorkAsync(new WorkQuery(), default));
        Assert.Null(await Store.FindWorkAsync(Sample.WorkId(9), default));
        Assert.Empty(await Store.LeaseDueClaimsAsync(Sample.Lease(Sample.Now), default));
        Assert.Empty(await Store.LeaseWorkAsync(Sample.Lease(Sample.Now), default));
    }

    /// <summary>A commit without content is a commit.</summary>
    [Contract("A commit writes what it holds; one that holds nothing is committed.", Where = "IClaimStore.CommitAsync")]
    public async Task Commit_Nothing_IsCommitted() => await PutAsync(new ClaimCommit());

    private async Task AssertEveryReadGivesAsync(DomainClaim claim)
    {
        FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
        FieldList.AssertSame(claim, await Store.FindNewestAsync(claim.Profile, claim.Owner, claim.Domain, default));
        var query = new ClaimQuery { Profile = claim.Profile, Owner = claim.Owner, Domain = claim.Domain, Statuses = [claim.Status] };
        FieldList.AssertSame(claim, Assert.Single((await Store.ListAsync(query, default)).Claims));
        var holder = claim is { Status.Holds: true, Exclusivity: DomainExclusivity.OneHolder } ? claim : null;
        FieldList.AssertSame(holder, (await Store.FindHoldingAsync(claim.Profile, claim.Domain, default)).Holder);
    }
}
