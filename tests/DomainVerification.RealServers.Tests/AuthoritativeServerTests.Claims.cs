using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.RealServers.Tests;

/// <summary>What holds on every authoritative server, asked directly or through a resolver. Each test has zones of its own.</summary>
public abstract partial class AuthoritativeServerTests(ServerFixture fixture)
{
    // The shortest that there is, because these tests look before they publish and resolvers remember that.
    private static readonly TimeSpan ShortMinimum = TimeSpan.FromSeconds(1);

    protected ServerFixture Fixture { get; } = fixture;

    [ServerFact]
    public async Task Claim_RecordPublished_IsVerifiedClaimedAndGivenUp()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        var reference = ClaimReference.To(requested.Claim!);

        var early = await host.VerifyAsync(requested);
        Assert.Equal(ClaimResultStatus.NotProved, early.Status);
        Assert.Equal(Codes.RecordNotFound, early.Report!.Diagnosis.Code);

        await zone.PublishAsync(requested.Instructions!);
        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal(Fixture.Asked.Endpoint.ToString(), verified.Report!.Evidence!.Server);
        Assert.Equal(ClaimStatus.Claimed, (await host.Manager.ClaimAsync(reference)).RequireClaim().Status);

        Assert.Equal("still_claimed", (await host.Manager.UnverifyAsync(reference)).Error!.Code);
        Assert.Equal(ClaimStatus.Verified, (await host.Manager.UnclaimAsync(reference)).RequireClaim().Status);
        Assert.Equal(ClaimStatus.Revoked, (await host.Manager.UnverifyAsync(reference)).RequireClaim().Status);
    }

    [ServerFact]
    public async Task Claim_SecondTenantProves_TakesTheDomainOver()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        var first = await host.RequestAsync("tenant-a", zone.Name);
        await zone.PublishAsync(first.Instructions!, timeToLive: "1");
        await host.VerifyPublishedAsync(first);
        (await host.Manager.ClaimAsync(ClaimReference.To(first.Claim!))).RequireClaim();

        var second = await host.RequestAsync("tenant-b", zone.Name);
        var early = await host.VerifyAsync(second);
        Assert.Equal(Codes.ValueMismatch, early.Report!.Diagnosis.Code);
        Assert.Equal(ObservedVerdict.OtherToken, Assert.Single(early.Report.Observations[^1].Values).Verdict);

        await zone.PublishAsync(second.Instructions!, timeToLive: "1");
        await host.VerifyPublishedAsync(second);
        var claimed = (await host.Manager.ClaimAsync(ClaimReference.To(second.Claim!))).RequireClaim();
        var former = (await host.Manager.GetAsync(ClaimReference.To(first.Claim!))).RequireClaim();

        Assert.Equal(ClaimStatus.Claimed, claimed.Status);
        Assert.Equal(2, claimed.Epoch);
        Assert.Equal(ClaimStatus.Released, former.Status);
    }

    [ServerFact]
    public async Task Worker_RecordPublishedLater_ClaimsWithoutBeingAsked()
    {
        await using var host = new Host(Fixture, options =>
        {
            options.Recheck.Start = RecheckStart.Immediately;
            options.Recheck.FirstDelay = TimeSpan.FromSeconds(1);
            options.Recheck.Growth = 1;
            options.OnProved = ProvedAction.Claim;
        });
        var zone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        await host.StartAsync();
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        Task<ClaimResult> ReadAsync() => host.Manager.GetAsync(ClaimReference.To(requested.Claim!));

        var looked = await Polling.UntilAsync(ReadAsync, read => read.Claim!.Rechecks > 0, read => $"Not looked at: {read.Claim}");
        Assert.Equal(Codes.RecordNotFound, looked.Claim!.LastCheck!.Code);
        await zone.PublishAsync(requested.Instructions!);

        await Polling.UntilAsync(ReadAsync, read => read.Claim!.Status == ClaimStatus.Claimed, read => $"Not claimed: {read.Claim}");
    }

    [ServerFact]
    public async Task Verify_TokenOfAnEndedClaim_IsSpent()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync();
        var former = await host.RequestAsync("tenant-a", zone.Name);
        await zone.PublishAsync(former.Instructions!);
        await host.VerifyPublishedAsync(former);
        (await host.Manager.UnverifyAsync(ClaimReference.To(former.Claim!))).RequireClaim();

        var again = await host.RequestAsync("tenant-a", zone.Name);
        var result = await host.VerifyAsync(again);

        Assert.Equal(Codes.TokenSpent, result.Report!.Diagnosis.Code);
        Assert.Equal(ClaimStatus.Pending, result.Claim!.Status);
    }

    [ServerFact]
    public async Task Verify_CnameProof_IsProved()
    {
        await using var host = new Host(Fixture, options =>
        {
            options.Methods.Add(ProofMethod.DnsCname);
            options.CnameZone = "verify.elsewhere.example";
        });
        var zone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        Assert.Equal(Codes.RecordNotFound, (await host.VerifyAsync(requested)).Report!.Diagnosis.Code);

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal(ProofMethod.DnsCname, verified.Report!.Evidence!.Method);
    }

    [ServerFact]
    public async Task Verify_ChallengeDelegatedToTheHostsZone_IsProvedAcrossBothZones()
    {
        var hostZone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        var customerZone = await Fixture.Authority.AddZoneAsync(ShortMinimum);
        await using var host = new Host(Fixture, options => options.DelegationZone = hostZone.Name);
        var requested = await host.RequestAsync("tenant-a", customerZone.Name);
        var target = requested.Instructions!.HostRecord!.RecordName;

        await customerZone.PublishAsync(requested.Instructions);
        var early = await host.VerifyAsync(requested);
        Assert.Equal(Codes.RecordNotFound, early.Report!.Diagnosis.Code);
        Assert.Contains(target, early.Report.Diagnosis.Message, StringComparison.Ordinal);
        Assert.Equal([target], early.Report.Observations[^1].Aliases);

        await hostZone.AddAsync($"{target}. IN TXT \"{requested.Instructions.HostRecord.RecordValue}\"");

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal([target], verified.Report!.Evidence!.Aliases);
    }

    [ServerFact]
    public async Task Verify_DelegationPointsElsewhere_IsDelegationMismatch()
    {
        var hostZone = await Fixture.Authority.AddZoneAsync("elsewhere IN TXT \"something\"");
        var customerZone = await Fixture.Authority.AddZoneAsync();
        await using var host = new Host(Fixture, options => options.DelegationZone = hostZone.Name);
        var requested = await host.RequestAsync("tenant-a", customerZone.Name);

        await customerZone.AddAsync($"{requested.Instructions!.RecordName}. IN CNAME elsewhere.{hostZone.Name}.");

        Assert.Equal(Codes.DelegationMismatch, (await host.VerifyAsync(requested)).Report!.Diagnosis.Code);
    }
}
