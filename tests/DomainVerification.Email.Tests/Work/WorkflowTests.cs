using DomainVerification.Email.Tests.Hosts;
using DomainVerification.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.Email.Tests.Work;

/// <summary>The whole way, as a host runs it: claim, identities, records, takeover.</summary>
public sealed class WorkflowTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly DnsWorld _dns = new();

    [Fact]
    public async Task A_takeover_gives_the_new_holder_fresh_identities_and_takes_the_old_keys_away()
    {
        _dns.Zone("acme.example");
        using var host = Build();
        await host.StartAsync();
        var identities = host.Services.GetRequiredService<ISendingIdentities>();

        var ann = await ClaimAsync(host, "ann");
        var former = await MadeAsync(identities, ann);
        Publish(former);
        await identities.VerifyAsync(ann);
        await VerifiedAsync(identities, ann);
        using var key = (await identities.GetSigningKeyAsync(ann, former[0].Id)).Key;
        Assert.NotNull(key);

        var bob = await ClaimAsync(host, "bob");
        var fresh = await MadeAsync(identities, bob);
        var waiting = (await identities.VerifyAsync(bob)).Identities;

        Assert.Equal(ClaimResultStatus.NotFound, (await identities.GetSigningKeyAsync(ann, former[0].Id)).Status);
        Assert.Empty((await identities.ListAsync(ann)).Identities);
        Assert.Empty(fresh.Select(identity => identity.Id).Intersect(former.Select(identity => identity.Id)));
        Assert.All(waiting, identity => Assert.Equal(SendingStatus.Verifying, identity.Status));
        Assert.All(waiting, identity => Assert.Equal(DkimStatus.Pending, identity.DkimStatus));
        var released = await host.Services.GetRequiredService<IHoldingStore>().ListHoldingRecordsAsync(former[0].ClaimId, default);
        await UntilAsync(async () => (await host.Services.GetRequiredService<IHoldingStore>()
            .ListHoldingRecordsAsync(former[0].ClaimId, default)).All(record => record.Data.Length < 100));
        Assert.Single(released);

        Publish(fresh.Select(identity => identity with
        {
            DnsRecords = [.. identity.DnsRecords.Where(record => record.Purpose == SendingRecordPurpose.Dkim)],
        }));
        await VerifiedAsync(identities, bob);
        await host.StopAsync();
    }

    private async Task<ClaimReference> ClaimAsync(IHost host, string owner)
    {
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var requested = await manager.RequestAsync(new ClaimRequest(owner, "acme.example"));
        _dns.Zone("acme.example").ReplaceTxt(requested.Instructions!.RecordName, requested.Instructions.RecordValue);
        var reference = ClaimReference.To(requested.RequireClaim());
        var confirmed = await manager.ConfirmAsync(reference);
        Assert.Null(confirmed.Error);
        return reference;
    }

    private async Task<IReadOnlyList<SendingIdentity>> MadeAsync(ISendingIdentities identities, ClaimReference claim)
    {
        await UntilAsync(async () => (await identities.ListAsync(claim)).Identities.Count == 2);
        return (await identities.ListAsync(claim)).Identities;
    }

    private Task VerifiedAsync(ISendingIdentities identities, ClaimReference claim) => UntilAsync(async () =>
        (await identities.ListAsync(claim)).Identities.All(identity => identity.Status == SendingStatus.Verified));

    private void Publish(IEnumerable<SendingIdentity> identities)
    {
        foreach (var record in identities.SelectMany(identity => identity.DnsRecords).DistinctBy(record => (record.Type, record.Name)))
        {
            _ = record.Type == "MX"
                ? _dns.Zone("acme.example").Mx(record.Name, (ushort)record.Priority!.Value, record.Value)
                : _dns.Zone("acme.example").Txt(record.Name, record.Value);
        }
    }

    /// <summary>Lets the workers run, on their own clock, until something is so.</summary>
    private Task UntilAsync(Func<Task<bool>> holds) => Polling.UntilAsync(
        async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return await holds();
        },
        done => done,
        _ => "It did not come to be.");

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsResolver(new InMemoryDnsResolver(_dns, _clock))
            .AddEmailIdentities(options =>
            {
                options.MailFromMx = EmailWorld.Mx;
                options.MailFromSpf = EmailWorld.Spf;
            });
        return builder.Build();
    }
}
