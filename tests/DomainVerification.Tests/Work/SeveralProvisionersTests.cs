using DomainVerification.Tests.Claims;
using Microsoft.Extensions.DependencyInjection;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>Several provisioners make the identities of one holding.</summary>
public class SeveralProvisionersTests
{
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");

    [Fact]
    public async Task A_claim_is_claimed_when_all_are_done_and_keeps_who_made_what()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        Assert.Equal((ClaimStatus.Provisioning, 2), (claim.Status, claim.Provisioning.Count));

        await world.WorkAsync();

        var done = await world.NowAsync(claim);
        Assert.Equal(ClaimStatus.Claimed, done.Status);
        Assert.Equal(["email", "certs"], done.Identities.Select(made => made.Provisioner));
        Assert.All(done.Provisioning, step => Assert.Equal(ProvisioningStepState.Done, step.State));
        Assert.Equal("requested verified claimed provisioning_advanced provisioned", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Identities_are_kept_in_the_order_of_the_profile_whichever_provisioner_ends_first()
    {
        await using var world = World();
        var make = Part(world, "email").OnProvision;
        Part(world, "email").OnProvision = (_, _) => throw new TimeoutException();
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        Assert.Equal(["certs"], (await world.NowAsync(claim)).Identities.Select(made => made.Provisioner));

        Part(world, "email").OnProvision = make;
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.WorkAsync();

        Assert.Equal(["email", "certs"], (await world.NowAsync(claim)).Identities.Select(made => made.Provisioner));
    }

    [Fact]
    public async Task One_that_is_down_for_a_day_holds_up_no_other_and_its_progress_is_seen()
    {
        await using var world = World();
        Part(world, "certs").OnProvision = (_, _) => throw new TimeoutException();
        var claim = await world.ClaimedAsync("ann", Domain);
        for (var hour = 0; hour < 24; hour++)
        {
            await world.WorkAsync();
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var progress = (await world.Manager.GetProvisioningAsync(ClaimReference.To(claim)))!;
        Assert.Equal(ClaimStatus.Provisioning, progress.Status);
        Assert.Equal(("email", ProvisioningStepState.Done), (progress.Steps[0].Provisioner, progress.Steps[0].State));
        Assert.Equal(("certs", ProvisioningStepState.Waiting), (progress.Steps[1].Provisioner, progress.Steps[1].State));
        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, progress.Steps[1].Error!.Code);
        Assert.True(progress.Steps[1].Attempts >= 24);

        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
        Assert.All(
            (await world.Manager.GetProvisioningAsync(ClaimReference.To(claim)))!.Steps,
            step => Assert.Equal(ProvisioningStepState.Done, step.State));
    }

    [Fact]
    public async Task One_that_fails_for_good_is_visible_and_asking_again_retries_it_alone()
    {
        await using var world = World();
        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        var failed = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Provisioning, Quota), (failed.Status, failed.ProvisioningError));
        Assert.Equal(("certs", ClaimWorkKind.Provision), ((await world.DeadLetterAsync()).Target, (await world.DeadLetterAsync()).Kind));

        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());
        await world.Manager.ClaimAsync(ClaimReference.To(claim));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
        Assert.Single(Part(world, "email").Calls);
        Assert.Equal(2, Part(world, "certs").Calls.Count);
        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Fact]
    public async Task A_dead_letter_that_is_replayed_lets_its_own_step_wait_again()
    {
        await using var world = World();
        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Done());

        await world.Get<IOutbox>().ReplayAsync((await world.DeadLetterAsync()).Id, ClaimActor.User("op"));
        await world.WorkAsync();

        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public async Task Takeover_each_releases_its_own_identities_before_it_makes_the_next()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var bob = await world.ClaimedAsync("bob", Domain);
        var progress = (await world.Manager.GetProvisioningAsync(ClaimReference.To(bob)))!;
        Assert.Equal(
            ["email Release", "email Provision", "certs Release", "certs Provision"],
            progress.Steps.Select(step => $"{step.Provisioner} {step.Kind}"));
        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 [email-1]", "provision bob 2"], Part(world, "email").Log);
        Assert.Equal(["provision ann 1", "release ann 1 [certs-1]", "provision bob 2"], Part(world, "certs").Log);
    }

    [Fact]
    public async Task A_release_of_another_owner_shows_no_error_to_the_new_holder()
    {
        await using var world = World();
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        Part(world, "email").OnRelease = (_, _) => Task.FromResult(ProvisionResult.RetryLater(new("busy", "ann is still sending.")));
        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();

        var progress = (await world.Manager.GetProvisioningAsync(ClaimReference.To(bob)))!;

        Assert.Equal((ClaimWorkKind.Release, 1, null), (progress.Steps[0].Kind, progress.Steps[0].Attempts, progress.Steps[0].Error));
        Assert.DoesNotContain("ann", progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_the_profile_has_lost_since_is_not_waited_for()
    {
        DomainVerificationOptions? profile = null;
        await using var world = World(options => profile = options);
        Part(world, "certs").OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        profile!.Provisioners = ["email"];

        var asked = await world.Manager.ClaimAsync(ClaimReference.To(claim));
        await world.WorkAsync();

        Assert.Equal((ClaimResultStatus.Done, ClaimStatus.Claimed), (asked.Status, asked.Claim!.Status));
        Assert.Equal("email", Assert.Single(asked.Claim.Provisioning).Provisioner);
        Assert.Single(Part(world, "certs").Calls);
        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("certs")]
    public async Task A_profile_names_its_own(string name)
    {
        await using var world = World(options => options.Provisioners = [name]);
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        Assert.Equal(name, Assert.Single((await world.NowAsync(claim)).Identities).Provisioner);
    }

    [Fact]
    public async Task A_profile_with_an_empty_list_provisions_nothing()
    {
        await using var world = World(options => options.Provisioners = []);

        Assert.Equal(ClaimStatus.Claimed, (await world.ClaimedAsync("ann", Domain)).Status);
    }

    [Fact]
    public async Task A_provisioner_that_nobody_registered_is_named_at_start()
    {
        await using var world = World(options => options.Provisioners = ["missing"]);

        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            world.Get<Microsoft.Extensions.Options.IOptionsMonitor<DomainVerificationOptions>>().Get(string.Empty));

        Assert.Contains("DomainVerification:Provisioners:0 is 'missing'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_answer_for_a_former_epoch_is_released_by_who_made_it()
    {
        await using var world = World();
        var ann = await world.ClaimedAsync("ann", Domain);
        Part(world, "certs").OnProvision = async (request, token) =>
        {
            if (request.Owner == "ann")
            {
                await world.Manager.UnclaimAsync(ClaimReference.To(ann), cancellationToken: token);
            }

            return ProvisionResult.Done(new ProvisionedIdentity { Id = $"certs-{request.Epoch}", Kind = "certificate" });
        };

        await world.WorkAsync();

        Assert.Equal(["provision ann 1", "release ann 1 []", "release ann 1 [certs-1]"], Part(world, "certs").Log);
        Assert.DoesNotContain("certs", string.Join(' ', Part(world, "email").Log), StringComparison.Ordinal);
        Assert.Empty((await world.NowAsync(ann)).Identities);
    }

    [Fact]
    public async Task Progress_of_another_owners_claim_is_not_told()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);

        Assert.Null(await world.Manager.GetProvisioningAsync(ClaimReference.To("eve", claim.Id)));
    }

    [Fact]
    public async Task Who_shares_a_domain_does_not_see_what_is_removed_for_others()
    {
        await using var world = World(options => options.Exclusivity = DomainExclusivity.Shared);
        var ann = await world.ClaimedAsync("ann", Domain);
        var bob = await world.ClaimedAsync("bob", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(ann));

        var progress = (await world.Manager.GetProvisioningAsync(ClaimReference.To(bob)))!;

        Assert.All(progress.Steps, step => Assert.Equal(ClaimWorkKind.Provision, step.Kind));
    }

    [Fact]
    public async Task Progress_is_seen_behind_a_thousand_notices()
    {
        await using var world = World();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        var notices = Enumerable.Range(0, WorkQuery.MaximumPageSize).Select(number => new ClaimWork
        {
            Id = Guid.NewGuid(),
            Kind = ClaimWorkKind.Notify,
            Target = "former-handler",
            ClaimId = claim.Id,
            Profile = claim.Profile,
            Owner = claim.Owner,
            Domain = claim.Domain,
            Epoch = 0,
            CreatedAt = world.Clock.GetUtcNow(),
            DueAt = world.Clock.GetUtcNow(),
        });
        await world.Store.CommitAsync(new ClaimCommit { Work = [.. notices] }, default);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.ClaimedAsync("ann", Domain);

        var progress = (await world.Manager.GetProvisioningAsync(ClaimReference.To(claim)))!;

        Assert.All(progress.Steps, step => Assert.Equal(world.Clock.GetUtcNow(), step.NextTryAt));
    }

    private static ClaimWorld World(Action<DomainVerificationOptions>? configure = null)
    {
        var world = new ClaimWorld(configure, builder => builder
            .AddIdentityProvisioner<ScriptedProvisioner>("email")
            .AddIdentityProvisioner<ScriptedProvisioner>("certs"));
        foreach (var name in new[] { "email", "certs" })
        {
            Part(world, name).OnProvision = (request, _) =>
                Task.FromResult(ProvisionResult.Done(new ProvisionedIdentity { Id = $"{name}-{request.Epoch}", Kind = "made", Provisioner = "lie" }));
        }

        return world;
    }

    private static ScriptedProvisioner Part(ClaimWorld world, string name) =>
        (ScriptedProvisioner)world.Get<IServiceProvider>().GetRequiredKeyedService<IIdentityProvisioner>(name);
}
