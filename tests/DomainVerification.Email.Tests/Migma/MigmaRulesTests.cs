using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Email.Tests.Migma;

/// <summary>Each rule that Migma documents for its claims, as a host sees it.</summary>
public class MigmaRulesTests
{
    [Fact]
    public async Task The_proof_is_a_TXT_record_at_the_label_below_the_root_domain()
    {
        await using var world = await MigmaWorld.StartAsync();

        var initiated = await world.InitiateAsync("bob", "send.acme.com");

        Assert.Equal(("TXT", "_migma.acme.com"), (initiated.Instructions!.RecordType, initiated.Instructions.RecordName));
        Assert.Equal("acme.com", initiated.Claim!.Domain.Value);
    }

    [Fact]
    public async Task Confirm_takes_the_domain_of_the_initiate_call_and_the_root_is_resolved()
    {
        await using var world = await MigmaWorld.StartAsync();
        world.Publish(await world.InitiateAsync("bob", "send.acme.com"));

        Assert.Null((await world.ConfirmAsync("bob", "send.acme.com")).Error);
        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Claims.GetAsync(ClaimReference.To("bob", "acme.com"))).Status);
    }

    [Fact]
    public async Task Confirm_before_the_record_is_live_changes_nothing()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");
        await world.InitiateAsync("bob");

        var result = await world.ConfirmAsync("bob");

        Assert.Equal((ClaimResultStatus.NotProved, Codes.ProofNotFound), (result.Status, result.Error?.Code));
        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.Pending), (await world.StatusAsync("ann"), await world.StatusAsync("bob")));
        Assert.Empty(await world.IdentitiesAsync("bob"));
    }

    [Fact]
    public async Task Confirm_without_initiate_finds_no_claim()
    {
        await using var world = await MigmaWorld.StartAsync();

        Assert.Equal(Codes.ClaimNotFound, (await world.ConfirmAsync("bob")).Error?.Code);
    }

    [Fact]
    public async Task Confirm_releases_the_domain_from_its_current_owner()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");

        await world.HoldAsync("bob");

        Assert.Equal((ClaimStatus.Released, ClaimStatus.Claimed), (await world.StatusAsync("ann"), await world.StatusAsync("bob")));
        Assert.Empty(await world.IdentitiesAsync("ann"));
    }

    [Fact]
    public async Task Confirm_provisions_fresh_identities_a_marketing_and_a_transactional_one()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");
        var former = await world.IdentitiesAsync("ann");

        await world.HoldAsync("bob");

        var fresh = await world.IdentitiesAsync("bob");
        Assert.Equal(["marketing", "transactional"], fresh.Select(identity => identity.Kind.ToWireName()));
        Assert.Empty(fresh.Select(identity => identity.Id).Intersect(former.Select(identity => identity.Id)));
        Assert.Equal(4, former.Concat(fresh).Select(Key).Distinct().Count());
        Assert.Equal(4, former.Concat(fresh).SelectMany(identity => identity.Selectors).Select(selector => selector.Name).Distinct().Count());

        static string Key(SendingIdentity identity) =>
            identity.DnsRecords.Single(record => record.Purpose == SendingRecordPurpose.Dkim && !record.IsOptional).Value;
    }

    [Fact]
    public async Task Domains_that_are_actively_sending_require_manual_review()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");
        var kept = (await world.IdentitiesAsync("ann")).Select(identity => identity.Id);
        world.Sending.Tenants.Add("ann");
        world.Publish(await world.InitiateAsync("bob"));

        var result = await world.ConfirmAsync("bob");
        await world.WorkAsync();

        Assert.Equal((ClaimResultStatus.Refused, Codes.TransferInReview), (result.Status, result.Error?.Code));
        Assert.Equal((ClaimStatus.Claimed, ClaimStatus.InReview), (await world.StatusAsync("ann"), await world.StatusAsync("bob")));
        Assert.Equal(kept, (await world.IdentitiesAsync("ann")).Select(identity => identity.Id));
        var review = Assert.Single((await world.Reviews.ListAsync()).Reviews);
        await world.Reviews.ApproveAsync(review.Claim, new TransferReviewDecision(MigmaWorld.Reviewer, review.Version));
        await world.WorkAsync();
        Assert.Equal((ClaimStatus.Released, ClaimStatus.Claimed), (await world.StatusAsync("ann"), await world.StatusAsync("bob")));
        Assert.Equal(2, (await world.IdentitiesAsync("bob")).Count);
    }

    [Fact]
    public async Task Add_the_DNS_records_for_both_identities_then_verify_them()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");
        var bob = ClaimReference.To("ann", "acme.com");
        Assert.All(await world.IdentitiesAsync("ann"), identity => Assert.Equal("pending", identity.Status.ToWireName()));

        var before = (await world.Identities.VerifyAsync(bob)).Identities;
        world.Publish(before[0]);
        var half = (await world.Identities.VerifyAsync(bob)).Identities;
        world.Publish(before[1]);
        var after = (await world.Identities.VerifyAsync(bob)).Identities;

        Assert.Equal(["verifying", "verifying"], before.Select(identity => identity.Status.ToWireName()));
        Assert.Equal(["verified", "verifying"], half.Select(identity => identity.Status.ToWireName()));
        Assert.All(after, identity => Assert.Equal(
            ("verified", "SUCCESS", "SUCCESS"),
            (identity.Status.ToWireName(), identity.DkimStatus.ToWireName(), identity.MailFromStatus.ToWireName())));
        Assert.All(after, identity => Assert.Equal(world.Clock.GetUtcNow(), identity.VerifiedAt));
    }

    [Fact]
    public async Task Confirming_again_answers_the_same_and_makes_nothing_new()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");
        var made = await world.IdentitiesAsync("ann");

        var again = await world.ConfirmAsync("ann");
        await world.WorkAsync();

        Assert.Equal(ClaimResultStatus.Unchanged, again.Status);
        Assert.Equal(made.Select(identity => identity.Id), (await world.IdentitiesAsync("ann")).Select(identity => identity.Id));
    }

    [Fact]
    public async Task A_sending_domain_has_every_member_that_is_documented()
    {
        await using var world = await MigmaWorld.StartAsync();
        await world.HoldAsync("ann");

        var identity = (await world.IdentitiesAsync("ann"))[1];

        Assert.NotEmpty(identity.Id);
        Assert.Equal(("acme.com", "us-east-1", "US East (N. Virginia)"), (identity.Domain.Value, identity.Region, identity.RegionName));
        Assert.Equal(
            ("pending", "NOT_STARTED", "PENDING"),
            (identity.Status.ToWireName(), identity.DkimStatus.ToWireName(), identity.MailFromStatus.ToWireName()));
        Assert.Equal(("send.acme.com", true), (identity.MailFromDomain, identity.OwnershipVerified));
        Assert.Equal((false, false, false, false), (identity.OpenTracking, identity.ClickTracking, identity.BrandedTracking, identity.IsManagedDomain));
        Assert.Equal((world.Clock.GetUtcNow(), null), (identity.CreatedAt, identity.VerifiedAt));
        var mx = identity.DnsRecords.Single(record => record.Type == "MX");
        Assert.Equal(("send.acme.com", "feedback-smtp.us-east-1.migma.email", 10, "pending"), (mx.Name, mx.Value, mx.Priority, mx.Status.ToWireName()));
    }
}
