using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DomainVerification.Email.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests.Identities;

public sealed partial class ProvisioningTests
{
    [Fact]
    public async Task A_holder_gets_a_marketing_and_a_transactional_identity()
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();

        var result = await world.ProvisionAsync(claim);

        Assert.Equal(["marketing", "transactional"], result.Identities.Select(identity => identity.Kind));
        Assert.All(result.Identities, identity => Assert.Equal(["TXT", "MX", "TXT"], identity.Records.Select(record => record.Type)));
        Assert.Equal(
            ["news.acme.example", "send.acme.example"],
            result.Identities.Select(identity => identity.Records.Single(record => record.Type == "MX").Name));
        Assert.All(result.Identities.SelectMany(identity => identity.Records).Where(record => record.Type == "MX"), mx =>
        {
            Assert.Equal("bounce.us-east-1.mail.example", mx.Value);
            Assert.Equal(10, mx.Priority);
        });
    }

    [Fact]
    public async Task An_identity_has_all_that_the_seed_shows()
    {
        await using var world = new EmailWorld();
        var (claim, _, identities) = await world.SettleAsync();

        var marketing = identities[0];

        Assert.Equal(SendingKind.Marketing, marketing.Kind);
        Assert.Equal("us-east-1", marketing.Region);
        Assert.Equal("US East (N. Virginia)", marketing.RegionName);
        Assert.Equal(SendingStatus.Pending, marketing.Status);
        Assert.Equal(DkimStatus.NotStarted, marketing.DkimStatus);
        Assert.Equal(MailFromStatus.Pending, marketing.MailFromStatus);
        Assert.Equal("news.acme.example", marketing.MailFromDomain);
        Assert.True(marketing.OwnershipVerified);
        Assert.False(marketing.OpenTracking || marketing.ClickTracking || marketing.BrandedTracking || marketing.IsManagedDomain);
        Assert.Equal(world.Clock.GetUtcNow(), marketing.CreatedAt);
        Assert.Null(marketing.VerifiedAt);
        Assert.Equal(claim.Epoch, marketing.Epoch);
        Assert.Equal(
            [SendingRecordPurpose.Dkim, SendingRecordPurpose.MailFromMx, SendingRecordPurpose.MailFromSpf, SendingRecordPurpose.Dmarc],
            marketing.DnsRecords.Select(record => record.Purpose));
        Assert.All(marketing.DnsRecords, record => Assert.Equal(SendingRecordStatus.Pending, record.Status));
        Assert.Equal([false, false, false, true], marketing.DnsRecords.Select(record => record.IsOptional));
    }

    [Fact]
    public async Task A_key_is_2048_bits_of_RSA_at_a_selector_with_a_random_end()
    {
        await using var world = new EmailWorld();
        var (_, _, identities) = await world.SettleAsync();

        var dkim = identities[1].DnsRecords[0];

        Assert.Matches(Selector(), dkim.Name);
        Assert.StartsWith("v=DKIM1; k=rsa; p=", dkim.Value, StringComparison.Ordinal);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(dkim.Value["v=DKIM1; k=rsa; p=".Length..]), out _);
        Assert.Equal(2048, rsa.KeySize);
    }

    [Fact]
    public async Task Thirty_two_provisions_at_once_make_one_set_of_keys()
    {
        await using var world = new EmailWorld(realKeys: true);
        var claim = await world.HoldAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => world.ProvisionAsync(claim)));

        Assert.All(results, result => Assert.Equal(ProvisionStatus.Done, result.Status));
        Assert.Equal(2, results.SelectMany(result => result.Identities).Select(identity => identity.Id).Distinct().Count());
        Assert.Equal(2, results.SelectMany(result => result.Identities).Select(identity => identity.Records[0]).Distinct().Count());
        Assert.Equal(1, world.Records.Saves);
    }

    [Fact]
    public async Task A_release_leaves_a_tombstone_without_any_key()
    {
        await using var world = new EmailWorld();
        var (claim, _, _) = await world.SettleAsync();
        var keys = world.Stored(claim).Identities.SelectMany(identity => identity.Selectors).Select(selector => selector.Key!).ToList();

        await world.ReleaseAsync(claim);

        var record = Assert.Single(world.Records.All);
        Assert.All(keys, key => Assert.DoesNotContain(key.PrivateKey!, record.Data, StringComparison.Ordinal));
        Assert.InRange(record.Data.Length, 1, 100);
        Assert.Null(record.DueAt);
        Assert.Equal(2, record.Version);
        Assert.Equal(ProvisionStatus.Done, (await world.ReleaseAsync(claim)).Status);
        Assert.Equal(2, world.Records.All[0].Version);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("rubbish")]
    [InlineData("null")]
    [InlineData("{\"format\":2,\"identities\":[],\"privateKeys\":[]}")]
    public async Task What_cannot_be_read_is_released_all_the_same(string data)
    {
        await using var world = new EmailWorld();
        var (claim, _, _) = await world.SettleAsync();
        await world.Records.SaveHoldingRecordAsync(world.Records.All[0] with { Version = 2, Data = data }, default);
        await world.HoldAsync("bob");

        Assert.Equal(ProvisionStatus.Done, (await world.ReleaseAsync(claim)).Status);

        var left = world.Stored(claim);
        Assert.NotNull(left.ReleasedAt);
        Assert.Empty(left.Identities);
        Assert.Equal(ProvisionStatus.Done, (await world.ReleaseAsync(claim)).Status);
        Assert.Equal(3, world.Records.All.Single(record => record.Key.ClaimId == claim.Id).Version);
    }

    [Fact]
    public async Task A_provision_after_its_release_makes_nothing()
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();
        await world.ReleaseAsync(claim);

        var result = await world.ProvisionAsync(claim);

        Assert.Equal(DomainVerificationErrorCodes.HoldingEnded, result.Error?.Code);
        Assert.Equal(ProvisionStatus.Failed, result.Status);
        Assert.Empty(world.Stored(claim).Identities);
    }

    [Fact]
    public async Task A_release_during_a_provision_wins()
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();
        world.Records.Before = async (call, record) =>
        {
            if (call == "save")
            {
                world.Records.Before = null;
                await world.ReleaseAsync(claim);
            }
        };

        var result = await world.ProvisionAsync(claim);

        Assert.Equal(DomainVerificationErrorCodes.HoldingEnded, result.Error?.Code);
        Assert.Empty(world.Stored(claim).Identities);
    }

    [Fact]
    public async Task A_claim_that_no_longer_holds_gets_nothing()
    {
        await using var world = new EmailWorld();
        var former = await world.HoldAsync();
        await world.HoldAsync("bob");
        var unclaimed = await world.HoldAsync("cem", "mail.example");
        await world.UnclaimAsync(unclaimed);

        Assert.Equal(DomainVerificationErrorCodes.HoldingEnded, (await world.ProvisionAsync(former)).Error?.Code);
        Assert.Equal(DomainVerificationErrorCodes.HoldingEnded, (await world.ProvisionAsync(unclaimed)).Error?.Code);
        Assert.Empty(world.Records.All);
    }

    [Fact]
    public async Task A_lower_epoch_of_the_same_claim_gets_nothing_and_a_late_release_of_it_takes_nothing()
    {
        await using var world = new EmailWorld();
        var (first, _, former) = await world.SettleAsync();
        var second = await world.HoldAsync(again: await world.UnclaimAsync(first));
        await world.ProvisionAsync(second);
        var made = world.Stored(second);

        Assert.Equal(ProvisionStatus.Failed, (await world.ProvisionAsync(first)).Status);
        await world.ReleaseAsync(first);

        Assert.Equal(2, made.Identities.Count);
        Assert.Equal(
            made.Identities.Select(identity => identity.Id),
            world.Stored(second).Identities.Select(identity => identity.Id));
        Assert.Empty(made.Identities.Select(identity => identity.Id).Intersect(former.Select(identity => identity.Id)));
        Assert.Empty(made.Identities.SelectMany(identity => identity.Selectors).Select(selector => selector.Name)
            .Intersect(former.SelectMany(identity => identity.Selectors).Select(selector => selector.Name)));
    }

    [Fact]
    public async Task A_domain_that_is_too_long_for_the_records_is_refused_and_nothing_is_kept()
    {
        await using var world = new EmailWorld();
        var label = new string('a', 60);
        var claim = await world.HoldAsync(domain: $"{label}.{label}.{label}.{label[..40]}.example");

        var result = await world.ProvisionAsync(claim);

        Assert.Equal(ProvisionStatus.Failed, result.Status);
        Assert.Equal(DomainVerificationErrorCodes.DomainTooLong, result.Error?.Code);
        Assert.Empty(world.Records.All);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("save")]
    public async Task An_outage_of_the_store_leaves_nothing_and_the_next_try_makes_one_set(string call)
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();
        world.Records.Before = (name, _) => name == call ? throw new IOException("The medium is gone.") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => world.ProvisionAsync(claim));
        Assert.Empty(world.Records.All);

        world.Records.Before = null;
        Assert.Equal(2, (await world.ProvisionAsync(claim)).Identities.Count);
    }

    [Fact]
    public async Task A_crash_behind_the_save_is_followed_by_the_same_identities()
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();
        world.Records.AfterSave = _ => throw new IOException("The process dies.");
        await Assert.ThrowsAsync<IOException>(() => world.ProvisionAsync(claim));
        var made = world.Stored(claim).Identities.Select(identity => identity.Id);

        world.Records.AfterSave = null;
        var result = await world.ProvisionAsync(claim);

        Assert.Equal(made, result.Identities.Select(identity => identity.Id));
        Assert.Equal(1, world.Records.Saves);
    }

    [Fact]
    public async Task A_protector_that_fails_leaves_nothing()
    {
        await using var world = new EmailWorld(shape: builder => builder.UseKeyProtector<DownProtector>());
        var claim = await world.HoldAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => world.ProvisionAsync(claim));

        Assert.Empty(world.Records.All);
    }

    [Fact]
    public async Task A_cancellation_between_two_keys_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await using var world = new EmailWorld(shape: builder => builder.UseKeyProtector<CancellingProtector>());
        CancellingProtector.Source.Value = cancellation;
        var claim = await world.HoldAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.ProvisionAsync(claim, cancellation.Token));

        Assert.Empty(world.Records.All);
    }

    [Fact]
    public async Task A_release_that_meets_an_outage_is_done_by_the_next_try()
    {
        await using var world = new EmailWorld();
        var (claim, _, _) = await world.SettleAsync();
        world.Records.Before = (name, _) => name == "save" ? throw new IOException("The medium is gone.") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => world.ReleaseAsync(claim));
        Assert.Equal(2, world.Stored(claim).Identities.Count);

        world.Records.Before = null;
        await world.ReleaseAsync(claim);

        Assert.Empty(world.Stored(claim).Identities);
    }

    [GeneratedRegex(@"^tx-us-east-1-[a-z2-7]{16}\._domainkey\.acme\.example$")]
    private static partial Regex Selector();

    private sealed class DownProtector : IKeyProtector
    {
        public ValueTask<byte[]> ProtectAsync(
            ReadOnlyMemory<byte> privateKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) =>
            throw new TimeoutException("The vault does not answer.");

        public ValueTask<byte[]> UnprotectAsync(
            ReadOnlyMemory<byte> protectedKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) =>
            throw new TimeoutException("The vault does not answer.");
    }

    private sealed class CancellingProtector : IKeyProtector
    {
        public static AsyncLocal<CancellationTokenSource> Source { get; } = new();

        public ValueTask<byte[]> ProtectAsync(
            ReadOnlyMemory<byte> privateKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken)
        {
            Source.Value!.Cancel();
            return ValueTask.FromResult(privateKey.ToArray());
        }

        public ValueTask<byte[]> UnprotectAsync(
            ReadOnlyMemory<byte> protectedKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) =>
            ValueTask.FromResult(protectedKey.ToArray());
    }
}
