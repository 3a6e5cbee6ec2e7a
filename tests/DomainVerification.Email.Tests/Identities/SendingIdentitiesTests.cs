using System.Text.Json;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests.Identities;

public sealed class SendingIdentitiesTests
{
    [Fact]
    public async Task Another_owner_finds_nothing()
    {
        await using var world = new EmailWorld();
        var (claim, _, identities) = await world.SettleAsync();
        var stranger = ClaimReference.To("eve", claim.Id);

        var list = await world.Identities.ListAsync(stranger);
        var one = await world.Identities.GetAsync(stranger, identities[0].Id);
        var key = await world.Identities.GetSigningKeyAsync(stranger, identities[0].Id);
        var rotation = await world.Identities.RotateKeyAsync(stranger, identities[0].Id);

        Assert.Equal(ClaimResultStatus.NotFound, list.Status);
        Assert.Equal(DomainVerificationErrorCodes.ClaimNotFound, list.Error?.Code);
        Assert.Equal(ClaimResultStatus.NotFound, one.Status);
        Assert.Equal(ClaimResultStatus.NotFound, key.Status);
        Assert.Null(key.Key);
        Assert.Equal(ClaimResultStatus.NotFound, rotation.Status);
        Assert.Empty(await world.Identities.ListHostRecordsAsync(stranger));
        Assert.Equal(1, world.Records.All[0].Version);
    }

    [Fact]
    public async Task The_provisioner_tells_the_claim_api_what_the_records_are_now()
    {
        await using var world = new EmailWorld();
        var (claim, _, identities) = await world.SettleAsync();
        await world.Identities.VerifyAsync(ClaimReference.To(claim));
        var shown = (await world.Identities.ListAsync(ClaimReference.To(claim))).Identities;

        var told = await ((IIdentityStatuses)world.Provisioner).ListStatusesAsync(claim, default);
        var former = await ((IIdentityStatuses)world.Provisioner).ListStatusesAsync(claim with { Epoch = claim.Epoch + 1 }, default);
        var ended = await ((IIdentityStatuses)world.Provisioner)
            .ListStatusesAsync(claim with { Status = ClaimStatus.Released }, default);

        Assert.Equal(identities.Select(identity => identity.Id), told.Select(status => status.Id));
        Assert.Equal(shown.Select(identity => identity.Status.ToWireName()), told.Select(status => status.Status));
        Assert.Equal(shown[0].DkimStatus.ToWireName(), told[0].Details["dkimStatus"]);
        Assert.Equal(shown[0].MailFromStatus.ToWireName(), told[0].Details["mailFromStatus"]);
        foreach (var (record, status) in shown[0].DnsRecords.Zip(told[0].Records))
        {
            Assert.Equal(new IdentityRecord(record.Type, record.Name, record.Value, record.Priority), status.Record);
            Assert.Equal((record.Status.ToWireName(), record.Problem?.Code), (status.Status, status.Problem?.Code));
            Assert.Equal((record.IsOptional, record.Problem?.Fix), (status.IsOptional, status.Fix));
        }

        Assert.Contains(told[0].Records, status => status is { Purpose: "mail_from_mx", IsOptional: false });
        Assert.Empty(former);
        Assert.Empty(ended);
    }

    [Fact]
    public async Task An_owner_finds_identities_by_domain()
    {
        await using var world = new EmailWorld();
        await world.SettleAsync();

        var list = await world.Identities.ListAsync(ClaimReference.To("ann", "ACME.example"));

        Assert.Equal([SendingKind.Marketing, SendingKind.Transactional], list.Identities.Select(identity => identity.Kind));
    }

    [Fact]
    public async Task A_claim_without_identities_has_none()
    {
        await using var world = new EmailWorld();
        var reference = ClaimReference.To(await world.HoldAsync());

        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Identities.ListAsync(reference)).Status);
        Assert.Equal(SendingIdentityErrorCodes.IdentityNotFound, (await world.Identities.VerifyAsync(reference)).Error?.Code);
        Assert.Equal(SendingIdentityErrorCodes.IdentityNotFound, (await world.Identities.GetAsync(reference, "no")).Error?.Code);
    }

    [Fact]
    public async Task Verifying_moves_to_verified_as_records_are_published()
    {
        await using var world = new EmailWorld();
        var (_, reference, identities) = await world.SettleAsync();

        var empty = await world.Identities.VerifyAsync(reference);
        world.Publish(identities, record => record.Purpose == SendingRecordPurpose.Dkim);
        var half = await world.Identities.VerifyAsync(reference);
        world.Publish(identities, record => record.Purpose is SendingRecordPurpose.MailFromMx or SendingRecordPurpose.MailFromSpf);
        var whole = await world.Identities.VerifyAsync(reference);

        Assert.All(empty.Identities, identity =>
        {
            Assert.Equal((SendingStatus.Verifying, DkimStatus.Pending), (identity.Status, identity.DkimStatus));
            Assert.All(identity.DnsRecords, record => Assert.Equal(RecordProblemCodes.NotFound, record.Problem?.Code));
        });
        Assert.All(half.Identities, identity =>
        {
            Assert.Equal((SendingStatus.Verifying, DkimStatus.Success), (identity.Status, identity.DkimStatus));
            Assert.Equal(MailFromStatus.Pending, identity.MailFromStatus);
        });
        Assert.All(whole.Identities, identity =>
        {
            Assert.Equal((SendingStatus.Verified, DkimStatus.Success), (identity.Status, identity.DkimStatus));
            Assert.Equal(MailFromStatus.Success, identity.MailFromStatus);
            Assert.Equal(world.Clock.GetUtcNow(), identity.VerifiedAt);
            Assert.Equal(SendingRecordStatus.Pending, identity.DnsRecords[^1].Status);
        });
    }

    [Fact]
    public async Task A_key_signs_once_the_identity_is_verified_and_is_the_published_one()
    {
        await using var world = new EmailWorld();
        var (_, reference, identities) = await world.SettleAsync();
        var early = await world.Identities.GetSigningKeyAsync(reference, identities[0].Id);
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);

        var result = await world.Identities.GetSigningKeyAsync(reference, identities[0].Id);

        Assert.Equal(SendingIdentityErrorCodes.IdentityNotVerified, early.Error?.Code);
        Assert.Null(early.Key);
        using var key = result.Key!;
        using var rsa = key.CreateRsa();
        Assert.EndsWith(
            $"p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}",
            identities[0].DnsRecords[0].Value,
            StringComparison.Ordinal);
        Assert.Equal(identities[0].Selectors[0].Name, key.Selector);
        Assert.Equal("acme.example", key.Domain.Value);
        Assert.DoesNotContain(Convert.ToBase64String(key.Pkcs8.Span), key.ToString(), StringComparison.Ordinal);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Pkcs8);
    }

    [Fact]
    public async Task A_holding_that_ended_gives_no_key_even_before_its_release()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);
        await world.HoldAsync("bob");

        Assert.Equal(ClaimResultStatus.NotFound, (await world.Identities.GetSigningKeyAsync(reference, identities[0].Id)).Status);
        Assert.Empty((await world.Identities.ListAsync(reference)).Identities);
        Assert.Equal(2, world.Stored(claim).Identities.Count);
    }

    [Fact]
    public async Task A_later_holding_of_the_same_claim_never_gives_the_keys_of_the_earlier_one()
    {
        await using var world = new EmailWorld();
        var (first, reference, former) = await world.SettleAsync();
        world.Publish(former);
        await world.Identities.VerifyAsync(reference);
        var second = await world.HoldAsync(again: await world.UnclaimAsync(first));
        await world.ProvisionAsync(second);

        var now = await world.Identities.VerifyAsync(reference);

        Assert.Equal(ClaimResultStatus.NotFound, (await world.Identities.GetSigningKeyAsync(reference, former[0].Id)).Status);
        Assert.All(now.Identities, identity => Assert.Equal(DkimStatus.Pending, identity.DkimStatus));
    }

    [Fact]
    public async Task A_suspended_identity_gives_no_key_and_its_records_are_still_looked_at()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        var id = identities[0].Id;

        var suspended = await world.Identities.SuspendAsync(reference, id, "bounce_rate");
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);
        var again = await world.Identities.SuspendAsync(reference, id, "bounce_rate");
        var key = await world.Identities.GetSigningKeyAsync(reference, id);
        var read = await world.ReadAsync(claim, id);
        var resumed = await world.Identities.ResumeAsync(reference, id);

        Assert.Equal(SendingStatus.Suspended, suspended.Identity?.Status);
        Assert.Equal("bounce_rate", suspended.Identity?.Suspension?.Reason);
        Assert.Equal(ClaimResultStatus.Unchanged, again.Status);
        Assert.Equal(SendingIdentityErrorCodes.IdentitySuspended, key.Error?.Code);
        Assert.Equal((SendingStatus.Suspended, DkimStatus.Success), (read.Status, read.DkimStatus));
        Assert.Equal(SendingStatus.Verified, resumed.Identity?.Status);
        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Identities.ResumeAsync(reference, id)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public async Task A_reason_that_is_none_throws_and_changes_nothing(string reason)
    {
        await using var world = new EmailWorld();
        var (_, reference, identities) = await world.SettleAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => world.Identities.SuspendAsync(reference, identities[0].Id, reason));
        await Assert.ThrowsAsync<ArgumentException>(
            () => world.Identities.SuspendAsync(reference, identities[0].Id, new string('x', 257)));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Identities.SuspendAsync(reference, identities[0].Id, "\uD800"));

        Assert.Equal(1, world.Records.All[0].Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_swapped_private_key_is_refused_even_where_the_protector_does_not_notice(bool isCareless)
    {
        await using var world = new EmailWorld(shape: builder => _ = isCareless ? builder.UseKeyProtector<CarelessProtector>() : builder);
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);
        var keys = world.Stored(claim).Identities.Select(identity => identity.Selectors[0].Key!.PrivateKey!).ToList();
        var record = world.Records.All[0];
        var swapped = record.Data.Replace(keys[0], "#", StringComparison.Ordinal)
            .Replace(keys[1], keys[0], StringComparison.Ordinal)
            .Replace("#", keys[1], StringComparison.Ordinal);
        await world.Records.SaveHoldingRecordAsync(record with { Version = record.Version + 1, Data = swapped }, default);

        var result = await world.Identities.GetSigningKeyAsync(reference, identities[0].Id);

        Assert.Equal(SendingIdentityErrorCodes.KeyUnreadable, result.Error?.Code);
        Assert.Null(result.Key);
    }

    [Fact]
    public async Task Private_keys_are_never_kept_in_the_clear()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);

        using var key = (await world.Identities.GetSigningKeyAsync(reference, identities[0].Id)).Key!;

        Assert.DoesNotContain(Convert.ToBase64String(key.Pkcs8.Span)[64..128], world.Records.All[0].Data, StringComparison.Ordinal);
        Assert.DoesNotContain(
            world.Stored(claim).Identities[0].Selectors[0].Key!.PrivateKey!,
            world.Stored(claim).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_written_down_by_mistake_shows_no_key()
    {
        await using var world = new EmailWorld();
        var (_, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);

        var result = await world.Identities.GetSigningKeyAsync(reference, identities[0].Id);
        using var key = result.Key!;

        Assert.Equal(
            ["Domain", "IdentityId", "Selector"],
            JsonSerializer.SerializeToElement(key).EnumerateObject().Select(member => member.Name).Order());
        var start = Convert.ToBase64String(key.Pkcs8.Span)[..32];
        Assert.DoesNotContain(start, JsonSerializer.Serialize(result), StringComparison.Ordinal);
        Assert.DoesNotContain(start, $"{result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_a_later_format_or_a_damaged_one_says_so()
    {
        await using var world = new EmailWorld();
        var (_, reference, _) = await world.SettleAsync();
        var record = world.Records.All[0];

        await world.Records.SaveHoldingRecordAsync(
            record with { Version = 2, Data = record.Data.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal) },
            default);
        var later = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Identities.ListAsync(reference));
        await world.Records.SaveHoldingRecordAsync(record with { Version = 3, Data = "{}" }, default);
        var damaged = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Identities.ListAsync(reference));

        Assert.Contains("later version", later.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_during_a_release_finds_nothing_and_revives_nothing()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        world.Records.Before = async (call, _) =>
        {
            if (call == "save")
            {
                world.Records.Before = null;
                await world.ReleaseAsync(claim);
            }
        };

        var result = await world.Identities.VerifyAsync(reference);

        Assert.Equal(SendingIdentityErrorCodes.IdentityNotFound, result.Error?.Code);
        Assert.Empty(world.Stored(claim).Identities);
    }

    [Fact]
    public async Task A_zone_full_of_rubbish_does_not_outgrow_the_record()
    {
        await using var world = new EmailWorld(options =>
        {
            options.Regions = [.. Enumerable.Range(0, 8).Select(i => new EmailRegion { Id = $"region-number-{i}", Name = $"Region {i}" })];
            options.UsedRegions = [.. options.Regions.Select(region => region.Id)];
        });
        var (claim, reference, identities) = await world.SettleAsync();
        Assert.Equal(16, identities.Count);
        var zone = world.Dns.Zone("acme.example");
        foreach (var name in identities.SelectMany(identity => identity.DnsRecords).Select(record => record.Name).Distinct())
        {
            zone.ReplaceTxt(name, [.. Enumerable.Range(0, 6).Select(i => $"v=spf1 {i}{new string('<', 500)}")]);
            foreach (var i in Enumerable.Range(0, 6))
            {
                zone.Mx(name, (ushort)i, $"{new string('m', 60)}.{new string('m', 60)}.{new string('m', 60)}.mail.example");
            }
        }

        await world.Identities.VerifyAsync(reference);

        Assert.All((await world.ReadAsync(claim, identities[0].Id)).DnsRecords.Take(3), record => Assert.NotNull(record.Problem));
        Assert.InRange(world.Records.All[0].Data.Length, 1, HoldingRecord.MaximumDataLength);
    }

    [Fact]
    public async Task What_was_seen_is_left_out_where_it_would_outgrow_the_record()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        var rubbish = new RecordProblem("multiple_values", "m", "f", [.. Enumerable.Repeat(new string('<', 256), 4)]);
        var stored = world.Stored(claim);
        stored = stored with
        {
            Identities =
            [
                .. stored.Identities.Select(identity => identity with
                {
                    Records = [.. Enumerable.Repeat(identity.Records[0] with { Problem = rubbish }, 100)],
                }),
            ],
        };

        var written = EmailHoldingJson.Write(stored);
        await world.Records.SaveHoldingRecordAsync(world.Records.All[0] with { Version = 2, Data = written }, default);

        Assert.Equal(ClaimResultStatus.Done, (await world.Identities.SuspendAsync(reference, identities[0].Id, "complaints")).Status);
        var problem = (await world.ReadAsync(claim, identities[0].Id)).DnsRecords[99].Problem!;
        Assert.Equal(("multiple_values", 0), (problem.Code, problem.Seen.Count));
    }

    [Fact]
    public async Task A_plan_has_the_proof_and_the_records_of_as_many_identities_and_keys_as_there_can_be()
    {
        await using var world = new EmailWorld(options =>
        {
            options.Regions = [.. Enumerable.Range(0, 8).Select(i => new EmailRegion { Id = $"r{i}", Name = $"Region {i}" })];
            options.UsedRegions = [.. options.Regions.Select(region => region.Id)];
            options.DkimMode = DkimMode.Cname;
            options.DkimZone = "dkim.mail.example";
        });
        var (_, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        for (var i = 0; i < 4; i++)
        {
            foreach (var record in await world.Identities.ListHostRecordsAsync(reference))
            {
                world.Dns.Zone("mail.example").ReplaceTxt($"{record.Name}.", record.Value);
            }

            await world.Identities.VerifyAsync(reference);
            foreach (var identity in identities)
            {
                var rotated = (await world.Identities.RotateKeyAsync(reference, identity.Id)).Identity!;
                if (i > 0)
                {
                    // The spare alias is used up: what comes now is a new one.
                    world.Publish(rotated.DnsRecords.Last(record => record.Purpose == SendingRecordPurpose.Dkim));
                }
            }
        }

        var plan = (await world.Identities.PlanAsync(reference))!;

        Assert.Equal(1 + (16 * (5 + 2)) + 1, plan.Records.Count);
        Assert.Equal(PlanPurposes.Proof, plan.Records.Single(record => record.Identities.Count == 0).Purpose);
    }

    [Fact]
    public async Task Calls_at_once_lose_nothing()
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, 8).Select(_ => (Task)world.Identities.VerifyAsync(reference)),
            world.Identities.SuspendAsync(reference, identities[0].Id, "complaints"),
            world.Identities.RotateKeyAsync(reference, identities[1].Id),
        ]);

        var left = (await world.Identities.ListAsync(ClaimReference.To(claim))).Identities;
        Assert.Equal([SendingStatus.Suspended, SendingStatus.Verified], left.Select(identity => identity.Status));
        Assert.Equal([1, 2], left.Select(identity => identity.Selectors.Count));
    }

    [Theory]
    [InlineData("not base64 !")]
    [InlineData("AAAA")]
    [InlineData("")]
    public async Task An_altered_private_key_is_refused(string altered)
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);
        var key = world.Stored(claim).Identities[0].Selectors[0].Key!.PrivateKey!;
        var record = world.Records.All[0];
        var data = record.Data.Replace(key, altered, StringComparison.Ordinal);
        await world.Records.SaveHoldingRecordAsync(record with { Version = record.Version + 1, Data = data }, default);

        var result = await world.Identities.GetSigningKeyAsync(reference, identities[0].Id);

        Assert.Equal((ClaimResultStatus.Refused, SendingIdentityErrorCodes.KeyUnreadable), (result.Status, result.Error?.Code));
    }

    private sealed class CarelessProtector : IKeyProtector
    {
        public ValueTask<byte[]> ProtectAsync(
            ReadOnlyMemory<byte> privateKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) => ValueTask.FromResult(privateKey.ToArray());

        public ValueTask<byte[]> UnprotectAsync(
            ReadOnlyMemory<byte> protectedKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) => ValueTask.FromResult(protectedKey.ToArray());
    }
}
