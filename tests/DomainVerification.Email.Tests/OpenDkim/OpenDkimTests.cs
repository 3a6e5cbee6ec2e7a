using System.Text;
using DomainVerification.Dns;
using DomainVerification.Email.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using MimeKit.Cryptography;

namespace DomainVerification.Email.Tests.OpenDkim;

/// <summary>Keys, records and signatures as software that we did not write sees them, from a zone on a real server.</summary>
public sealed class OpenDkimTests(KnotFixture knot) : IClassFixture<KnotFixture>
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    [OpenDkimFact]
    public async Task Every_key_is_accepted_and_no_other()
    {
        await using var world = World();
        using var tools = new OpenDkimTools(knot.Server.Endpoint.Port);
        var (_, reference, identities, _) = await VerifiedAsync(world);
        List<SigningKey> keys = [];
        foreach (var identity in identities)
        {
            keys.Add((await world.Identities.GetSigningKeyAsync(reference, identity.Id)).Key!);
            var (accepts, output) = await tools.TestKeyAsync(keys[^1]);
            Assert.True(accepts, output);
        }

        using var swapped = new SigningKey("x", keys[0].Domain, keys[0].Selector, keys[1].Pkcs8.ToArray());
        Assert.False((await tools.TestKeyAsync(swapped)).Accepts);
        keys.ForEach(key => key.Dispose());
    }

    [OpenDkimFact]
    public async Task A_signed_message_verifies_and_a_tampered_one_does_not()
    {
        await using var world = World();
        using var tools = new OpenDkimTools(knot.Server.Endpoint.Port);
        var (_, reference, identities, _) = await VerifiedAsync(world);
        foreach (var identity in identities)
        {
            var message = await SignAsync(world, reference, identity.Id);
            var (verifies, output) = await tools.VerifyAsync(message);
            Assert.True(verifies, output);

            var tampered = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(message).Replace("12 EUR", "99 EUR", StringComparison.Ordinal));
            Assert.NotEqual(message, tampered);
            Assert.False((await tools.VerifyAsync(tampered)).Verifies);
        }
    }

    [OpenDkimFact]
    public async Task After_a_rotation_mail_of_both_keys_verifies_during_the_overlap()
    {
        await using var world = World();
        using var tools = new OpenDkimTools(knot.Server.Endpoint.Port);
        var (claim, reference, identities, zone) = await VerifiedAsync(world);
        var id = identities[0].Id;
        var old = await SignAsync(world, reference, id);
        var rotating = (await world.Identities.RotateKeyAsync(reference, id)).Identity!;
        var next = rotating.Selectors.Single(selector => selector.State == DkimSelectorState.Next).Name;
        var between = await SignAsync(world, reference, id);

        await zone.PublishAsync(rotating.DnsRecords.Where(record => record.Selector == next));
        await world.Identities.VerifyAsync(reference);
        var fresh = await SignAsync(world, reference, id);

        Assert.Equal(next, (await world.ReadAsync(claim, id)).Selectors[0].Name);
        var unfolded = Encoding.ASCII.GetString(fresh).Replace("\r\n", string.Empty, StringComparison.Ordinal);
        Assert.Contains($"s={next};", unfolded, StringComparison.Ordinal);
        foreach (var message in (byte[][])[old, between, fresh])
        {
            var (verifies, output) = await tools.VerifyAsync(message);
            Assert.True(verifies, output);
        }

        var retired = rotating.DnsRecords.Single(record => record.Purpose == SendingRecordPurpose.Dkim && record.Selector != next);
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.DoesNotContain((await world.ReadAsync(claim, id)).DnsRecords, record => record.Name == retired.Name);
        await zone.RemoveAsync(retired);
        Assert.False((await tools.VerifyAsync(old)).Verifies);
        Assert.True((await tools.VerifyAsync(fresh)).Verifies);
    }

    [OpenDkimFact]
    public async Task An_identity_follows_its_live_zone()
    {
        await using var world = World();
        var (claim, reference, identities, zone) = await VerifiedAsync(world);
        var mx = identities[0].DnsRecords.Single(record => record.Type == "MX");

        await zone.RemoveAsync(mx);
        var first = (await world.Identities.VerifyAsync(reference)).Identities[0];
        world.Clock.Advance(HalfAnHour);
        await world.WorkAsync();
        world.Clock.Advance(HalfAnHour);
        await world.WorkAsync();
        var degraded = await world.ReadAsync(claim, identities[0].Id);

        Assert.Equal((SendingStatus.Verified, MailFromStatus.Success), (first.Status, first.MailFromStatus));
        Assert.Equal((SendingStatus.Degraded, MailFromStatus.Failed), (degraded.Status, degraded.MailFromStatus));
        Assert.Equal(RecordProblemCodes.NotFound, degraded.DnsRecords.Single(record => record.Type == "MX").Problem?.Code);
        Assert.Equal(SendingStatus.Verified, (await world.ReadAsync(claim, identities[1].Id)).Status);

        await zone.PublishAsync([mx]);
        await world.Identities.VerifyAsync(reference);
        Assert.Equal(SendingStatus.Verified, (await world.Identities.VerifyAsync(reference)).Identities[0].Status);
    }

    [OpenDkimFact]
    public async Task With_aliases_mail_verifies_before_and_after_a_rotation_that_the_customer_never_sees()
    {
        var host = await knot.AddZoneAsync();
        await using var world = World(options =>
        {
            options.DkimMode = DkimMode.Cname;
            options.DkimZone = $"dkim.{host.Name}";
        });
        using var tools = new OpenDkimTools(knot.Server.Endpoint.Port);
        var zone = await knot.AddZoneAsync();
        var (_, reference, identities) = await world.SettleAsync(domain: zone.Name);
        await zone.PublishAsync(identities.SelectMany(identity => identity.DnsRecords));
        await host.PublishAsync(await world.Identities.ListHostRecordsAsync(reference));
        var verified = (await world.Identities.VerifyAsync(reference)).Identities[0];
        Assert.Equal(SendingStatus.Verified, verified.Status);
        var old = await SignAsync(world, reference, verified.Id);

        var before = (await world.Identities.ListHostRecordsAsync(reference)).ToHashSet();
        await world.Identities.RotateKeyAsync(reference, verified.Id);
        await host.PublishAsync((await world.Identities.ListHostRecordsAsync(reference)).Where(record => !before.Contains(record)));
        var rotated = (await world.Identities.VerifyAsync(reference)).Identities[0];
        var fresh = await SignAsync(world, reference, verified.Id);

        Assert.NotEqual(verified.Selectors[0].Name, rotated.Selectors[0].Name);
        Assert.Equal(verified.DnsRecords.Select(record => record.Name), rotated.DnsRecords.Select(record => record.Name));
        foreach (var message in (byte[][])[old, fresh])
        {
            var (verifies, output) = await tools.VerifyAsync(message);
            Assert.True(verifies, output);
        }
    }

    private static async Task<byte[]> SignAsync(EmailWorld world, ClaimReference reference, string identityId)
    {
        using var key = (await world.Identities.GetSigningKeyAsync(reference, identityId)).Key!;
        using var rsa = key.CreateRsa();
        using var pem = new MemoryStream(Encoding.ASCII.GetBytes(rsa.ExportRSAPrivateKeyPem()));
        var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse($"news@{key.Domain}"));
        message.To.Add(MailboxAddress.Parse("jo@receiver.example"));
        message.Subject = "Your receipt";
        message.Body = new TextPart("plain") { Text = "You have paid 12 EUR.\r\nThank you.\r\n" };
        message.Prepare(EncodingConstraint.SevenBit);
        var signer = new DkimSigner(pem, key.Domain.Value, key.Selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        signer.Sign(message, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId]);
        using var output = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        await message.WriteToAsync(format, output);
        return output.ToArray();
    }

    private EmailWorld World(Action<EmailIdentityOptions>? configure = null) => new(
        configure,
        realKeys: true,
        resolver: new ConfiguredServersResolver(
            new DnsResolverOptions { Servers = { knot.Server.Endpoint.ToString() } },
            TimeProvider.System,
            NullLogger<ConfiguredServersResolver>.Instance));

    private async Task<Verified> VerifiedAsync(EmailWorld world)
    {
        var zone = await knot.AddZoneAsync();
        var (claim, reference, identities) = await world.SettleAsync(domain: zone.Name);
        var early = (await world.Identities.VerifyAsync(reference)).Identities;
        Assert.All(early, identity => Assert.Equal(SendingStatus.Verifying, identity.Status));
        await zone.PublishAsync(identities.SelectMany(identity => identity.DnsRecords));
        var verified = (await world.Identities.VerifyAsync(reference)).Identities;
        Assert.All(verified, identity => Assert.Equal(SendingStatus.Verified, identity.Status));
        return new Verified(claim, reference, verified, zone);
    }

    private sealed record Verified(
        DomainClaim Claim,
        ClaimReference Reference,
        IReadOnlyList<SendingIdentity> Identities,
        MailZone Zone);
}
