using DomainVerification.Dns;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Tests.Hosts;

namespace DomainVerification.Email.Tests.Identities;

public sealed class RotationTests
{
    [Fact]
    public async Task The_old_key_signs_until_the_new_one_is_published_and_stays_for_the_overlap()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, old) = await VerifiedAsync(world);

        var started = (await world.Identities.RotateKeyAsync(reference, id)).Identity!;
        var next = started.Selectors.Single(selector => selector.State == DkimSelectorState.Next).Name;
        var awaited = started.DnsRecords.Single(record => record.Selector == next);
        await world.Identities.VerifyAsync(reference);
        Assert.Equal(old, await SelectorAsync(world, reference, id));

        world.Publish(awaited);
        var rotated = (await world.Identities.VerifyAsync(reference)).Identities.Single(identity => identity.Id == id);

        Assert.True(awaited.IsOptional);
        Assert.NotEqual(old, next);
        Assert.Equal(next, await SelectorAsync(world, reference, id));
        Assert.Equal(SendingStatus.Verified, rotated.Status);
        Assert.Equal([DkimSelectorState.Active, DkimSelectorState.Retiring], rotated.Selectors.Select(selector => selector.State));
        Assert.Equal(
            world.Clock.GetUtcNow() + TimeSpan.FromDays(7),
            rotated.DnsRecords.Single(record => record.Selector == old).RemoveAfter);
        var stored = world.Stored(claim).Identities.Single(identity => identity.Id == id);
        Assert.Null(stored.Selectors.Single(selector => selector.Name == old).Key!.PrivateKey);

        await world.PassAsync(TimeSpan.FromDays(7));
        var later = await world.ReadAsync(claim, id);
        Assert.Equal([next], later.Selectors.Select(selector => selector.Name));
        Assert.DoesNotContain(later.DnsRecords, record => record.Selector == old);
        Assert.Equal(SendingStatus.Verified, later.Status);
    }

    [Fact]
    public async Task The_worker_finds_the_new_key()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, old) = await VerifiedAsync(world);
        var started = (await world.Identities.RotateKeyAsync(reference, id)).Identity!;
        world.Publish(started.DnsRecords.Single(record => record.Purpose == SendingRecordPurpose.Dkim && record.Selector != old));

        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.NotEqual(old, (await world.ReadAsync(claim, id)).Selectors[0].Name);
    }

    [Fact]
    public async Task A_second_rotation_is_refused_while_the_first_waits()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, _) = await VerifiedAsync(world);
        await world.Identities.RotateKeyAsync(reference, id);
        var before = world.Records.All[0];

        var second = await world.Identities.RotateKeyAsync(reference, id);

        Assert.Equal((ClaimResultStatus.Refused, SendingIdentityErrorCodes.RotationUnderWay), (second.Status, second.Error?.Code));
        Assert.Equal(before, world.Records.All[0]);
        Assert.Equal(2, (await world.ReadAsync(claim, id)).Selectors.Count);
    }

    [Fact]
    public async Task Rotations_at_once_start_one()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, _) = await VerifiedAsync(world);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Identities.RotateKeyAsync(reference, id)));

        Assert.Single(results, result => result.Status == ClaimResultStatus.Done);
        Assert.Equal(2, (await world.ReadAsync(claim, id)).Selectors.Count);
    }

    [Fact]
    public async Task A_rotation_can_be_cancelled_while_it_waits()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, old) = await VerifiedAsync(world);
        await world.Identities.RotateKeyAsync(reference, id);

        await world.Identities.CancelRotationAsync(reference, id);
        var again = await world.Identities.CancelRotationAsync(reference, id);

        Assert.Equal(SendingIdentityErrorCodes.NoRotation, again.Error?.Code);
        var left = await world.ReadAsync(claim, id);
        Assert.Equal([old], left.Selectors.Select(selector => selector.Name));
        Assert.Single(left.DnsRecords, record => record.Purpose == SendingRecordPurpose.Dkim);
    }

    [Fact]
    public async Task Rotations_that_come_too_fast_are_refused_until_the_oldest_key_has_retired()
    {
        await using var world = new EmailWorld();
        var (claim, reference, id, _) = await VerifiedAsync(world);
        for (var i = 0; i < 4; i++)
        {
            var next = (await world.Identities.RotateKeyAsync(reference, id)).Identity!;
            world.Publish(next.DnsRecords.Last(record => record.Purpose == SendingRecordPurpose.Dkim));
            await world.Identities.VerifyAsync(reference);
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var before = world.Stored(claim);
        var fifth = await world.Identities.RotateKeyAsync(reference, id);

        Assert.Equal((ClaimResultStatus.Refused, SendingIdentityErrorCodes.TooManyKeys), (fifth.Status, fifth.Error?.Code));
        Assert.Equal(EmailHoldingJson.Write(before), EmailHoldingJson.Write(world.Stored(claim)));
        await world.PassAsync(TimeSpan.FromDays(7) - TimeSpan.FromHours(4));
        Assert.Equal(ClaimResultStatus.Done, (await world.Identities.RotateKeyAsync(reference, id)).Status);
    }

    [Fact]
    public async Task With_aliases_the_spare_one_holds_nothing_back_and_what_the_host_removed_early_degrades_nothing()
    {
        await using var world = new EmailWorld(options =>
        {
            options.DkimMode = DkimMode.Cname;
            options.DkimZone = "dkim.mail.example";
        });
        var (claim, reference, identities) = await world.SettleAsync();
        var (id, spare) = (identities[0].Id, identities[0].Selectors[1].Name);
        world.Publish(identities, record => record.Selector != spare);
        await PublishForHostAsync(world, reference);
        await world.Identities.VerifyAsync(reference);
        var without = await world.ReadAsync(claim, id);
        world.Publish(without.DnsRecords.Single(record => record.Selector == spare));
        await world.Identities.RotateKeyAsync(reference, id);
        await PublishForHostAsync(world, reference);
        await world.Identities.VerifyAsync(reference);

        var old = (await world.Identities.ListHostRecordsAsync(reference)).Single(record => record.RemoveAfter is not null);
        world.Dns.Zone("mail.example").Remove($"{old.Name}.", DnsRecordType.TXT);
        for (var day = 0; day < 9; day++)
        {
            await world.PassAsync(TimeSpan.FromDays(1));
            Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, id)).Status);
        }

        Assert.Equal((SendingStatus.Verified, DkimStatus.Success), (without.Status, without.DkimStatus));
        Assert.True(without.DnsRecords.Single(record => record.Selector == spare).IsOptional);
        Assert.Equal(
            SendingRecordStatus.Verified,
            (await world.ReadAsync(claim, id)).DnsRecords.Single(record => $"{record.Selector}.dkim.mail.example" == old.Name).Status);
    }

    [Fact]
    public async Task With_aliases_a_rotation_asks_nothing_of_the_customer()
    {
        await using var world = new EmailWorld(options =>
        {
            options.DkimMode = DkimMode.Cname;
            options.DkimZone = "dkim.mail.example";
        });
        var (claim, reference, id, old) = await VerifiedAsync(world);
        var verified = await world.ReadAsync(claim, id);
        Assert.Equal([DkimSelectorState.Active, DkimSelectorState.Spare], verified.Selectors.Select(selector => selector.State));

        await world.Identities.RotateKeyAsync(reference, id);
        await world.Identities.VerifyAsync(reference);
        var waiting = await world.ReadAsync(claim, id);
        await PublishForHostAsync(world, reference);
        await world.Identities.VerifyAsync(reference);
        var rotated = await world.ReadAsync(claim, id);

        Assert.Equal(old, waiting.Selectors[0].Name);
        Assert.Equal(
            RecordProblemCodes.HostRecordMissing,
            waiting.DnsRecords.Single(record => record.Selector == verified.Selectors[1].Name).Problem?.Code);
        Assert.Equal(verified.Selectors[1].Name, rotated.Selectors[0].Name);
        Assert.Equal(verified.DnsRecords.Select(record => record.Value), rotated.DnsRecords.Select(record => record.Value));
        Assert.Equal(SendingStatus.Verified, rotated.Status);

        await world.PassAsync(TimeSpan.FromDays(7));
        var later = await world.ReadAsync(claim, id);
        Assert.Equal([DkimSelectorState.Active, DkimSelectorState.Spare], later.Selectors.Select(selector => selector.State));
        Assert.Equal(old, later.Selectors[1].Name);
        Assert.Equal((SendingStatus.Verified, DkimStatus.Success), (later.Status, later.DkimStatus));
    }

    [Fact]
    public async Task A_cancelled_rotation_gives_the_alias_back()
    {
        await using var world = new EmailWorld(options =>
        {
            options.DkimMode = DkimMode.Cname;
            options.DkimZone = "dkim.mail.example";
        });
        var (claim, reference, id, _) = await VerifiedAsync(world);
        var before = await world.ReadAsync(claim, id);
        await world.Identities.RotateKeyAsync(reference, id);

        await world.Identities.CancelRotationAsync(reference, id);

        var left = await world.ReadAsync(claim, id);
        Assert.Equal(before.Selectors.Select(selector => selector.Name), left.Selectors.Select(selector => selector.Name));
        Assert.Equal(DkimStatus.Success, left.DkimStatus);
    }

    private static async Task<(DomainClaim Claim, ClaimReference Reference, string Id, string Selector)> VerifiedAsync(EmailWorld world)
    {
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await PublishForHostAsync(world, reference);
        await world.Identities.VerifyAsync(reference);
        var identity = await world.ReadAsync(claim, identities[0].Id);
        Assert.Equal(SendingStatus.Verified, identity.Status);
        return (claim, reference, identity.Id, identity.Selectors[0].Name);
    }

    private static async Task PublishForHostAsync(EmailWorld world, ClaimReference reference)
    {
        foreach (var record in await world.Identities.ListHostRecordsAsync(reference))
        {
            world.Dns.Zone("mail.example").ReplaceTxt(record.Name, record.Value);
        }
    }

    private static async Task<string?> SelectorAsync(EmailWorld world, ClaimReference reference, string id)
    {
        using var key = (await world.Identities.GetSigningKeyAsync(reference, id)).Key;
        return key?.Selector;
    }
}
