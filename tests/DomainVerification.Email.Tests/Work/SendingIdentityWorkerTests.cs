using DomainVerification.Email.Tests.Hosts;
using DomainVerification.Testing;

namespace DomainVerification.Email.Tests.Work;

public sealed class SendingIdentityWorkerTests
{
    [Fact]
    public async Task Nobody_looks_before_the_owner_asks()
    {
        await using var world = new EmailWorld();
        await world.SettleAsync();

        await world.PassAsync(TimeSpan.FromDays(2));

        Assert.Empty(world.Resolver.Queries);
        Assert.Null(world.Records.All[0].DueAt);
    }

    [Fact]
    public async Task The_worker_looks_by_itself_where_the_host_says_so()
    {
        await using var world = new EmailWorld(options => options.Checks.Start = RecheckStart.Immediately);
        var (claim, _, identities) = await world.SettleAsync();
        world.Publish(identities);

        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, identities[0].Id)).Status);
    }

    [Fact]
    public async Task Records_that_come_late_are_found_and_watched()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        await world.Identities.VerifyAsync(reference);
        await world.PassAsync(TimeSpan.FromHours(40));
        world.Publish(identities);

        await world.PassAsync(TimeSpan.FromHours(1));
        var verified = await world.ReadAsync(claim, identities[0].Id);
        world.Remove(verified.DnsRecords[0]);
        await world.PassAsync(TimeSpan.FromHours(26));
        var degraded = await world.ReadAsync(claim, identities[0].Id);
        using var key = (await world.Identities.GetSigningKeyAsync(reference, identities[0].Id)).Key;
        world.Publish(verified.DnsRecords[0]);
        await world.PassAsync(TimeSpan.FromHours(7));
        var back = await world.ReadAsync(claim, identities[0].Id);

        Assert.Equal(SendingStatus.Verified, verified.Status);
        Assert.Equal((SendingStatus.Degraded, DkimStatus.Failed), (degraded.Status, degraded.DkimStatus));
        Assert.Equal(MailFromStatus.Success, degraded.MailFromStatus);
        Assert.NotNull(key);
        Assert.Equal(SendingStatus.Verified, back.Status);
        Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, identities[1].Id)).Status);
    }

    [Fact]
    public async Task Records_that_never_come_fail_after_72_hours_and_are_looked_for_no_more()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        await world.Identities.VerifyAsync(reference);

        await world.PassAsync(TimeSpan.FromHours(74));
        world.Resolver.ClearQueries();
        await world.PassAsync(TimeSpan.FromDays(10));

        Assert.Equal(SendingStatus.Failed, (await world.ReadAsync(claim, identities[0].Id)).Status);
        Assert.Empty(world.Resolver.Queries);
        world.Publish(identities);
        Assert.All(
            (await world.Identities.VerifyAsync(reference)).Identities,
            identity => Assert.Equal(SendingStatus.Verified, identity.Status));
    }

    [Fact]
    public async Task A_resolver_that_is_down_for_four_days_changes_nothing()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);
        world.Resolver.Faults.Add(DnsFault.ServFail());

        await world.PassAsync(TimeSpan.FromDays(4));

        var left = await world.ReadAsync(claim, identities[0].Id);
        Assert.Equal((SendingStatus.Verified, DkimStatus.Success), (left.Status, left.DkimStatus));
        Assert.InRange(world.Resolver.Queries.Count, 10, 2000);
    }

    [Fact]
    public async Task A_holding_that_ended_is_looked_at_no_more()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        await world.Identities.VerifyAsync(reference);
        await world.UnclaimAsync(claim);
        world.Resolver.ClearQueries();

        await world.PassAsync(TimeSpan.FromDays(1));
        await world.ReleaseAsync(claim);
        await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Empty(world.Resolver.Queries);
        Assert.Null(world.Records.All[0].DueAt);
        Assert.Empty(world.Stored(claim).Identities);
    }

    [Fact]
    public async Task An_outage_of_the_store_during_a_look_loses_nothing()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        await world.Identities.VerifyAsync(reference);
        world.Publish(identities);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Records.Before = (call, _) => call == "save" ? throw new IOException("The medium is gone.") : Task.CompletedTask;

        Assert.Equal(1, await world.WorkAsync());
        world.Records.Before = null;
        Assert.Equal(0, await world.WorkAsync());
        world.Clock.Advance(world.Worker.LeaseDuration);
        Assert.Equal(1, await world.WorkAsync());

        Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, identities[0].Id)).Status);
    }

    [Fact]
    public async Task A_damaged_record_holds_up_no_other()
    {
        await using var world = new EmailWorld();
        world.Dns.Zone("other.example");
        var (_, first, _) = await world.SettleAsync();
        var (claim, second, identities) = await world.SettleAsync("bob", "other.example");
        await world.Identities.VerifyAsync(first);
        await world.Identities.VerifyAsync(second);
        var damaged = world.Records.All.Single(record => record.Owner == "ann");
        await world.Records.SaveHoldingRecordAsync(damaged with { Version = damaged.Version + 1, Data = "{" }, default);
        world.Publish(identities);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await world.WorkAsync());

        Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, identities[0].Id)).Status);
    }

    [Fact]
    public async Task Two_workers_share_the_work()
    {
        await using var world = new EmailWorld();
        var (_, reference, _) = await world.SettleAsync();
        await world.Identities.VerifyAsync(reference);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.WorkAsync()));

        Assert.Equal(1, taken.Sum());
    }
}
