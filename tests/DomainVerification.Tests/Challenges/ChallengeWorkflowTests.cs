namespace DomainVerification.Tests.Challenges;

public class ChallengeWorkflowTests
{
    [Fact]
    public async Task Request_RegistrableSubject_ClaimsTheRegistrableDomain()
    {
        await using var world = new ClaimWorld(options => options.Subject = ClaimSubject.RegistrableDomain);

        var result = await world.RequestAsync("acme", "pull.example.com");

        Assert.Equal("example.com", result.Claim!.Domain.Value);
        Assert.Equal("_host-challenge.example.com", result.Instructions!.RecordName);
        Assert.Equal(result.Claim.Id, (await world.RequestAsync("acme", "push.example.com")).Claim!.Id);
    }

    [Fact]
    public async Task Request_RegistrablePlacement_ClaimsTheNameAndProvesItAtTheRegistrableDomain()
    {
        await using var world = new ClaimWorld(options => options.Placement = ProofPlacement.RegistrableDomain);

        var claim = await world.VerifiedAsync("acme", "a.b.example.co.uk");

        Assert.Equal("a.b.example.co.uk", claim.Domain.Value);
        Assert.Equal("_host-challenge.example.co.uk", claim.Challenge.Record.Name);
    }

    [Fact]
    public async Task Delegation_Rotation_KeepsTheNameThatTheCustomerPointsTo()
    {
        await using var world = new ClaimWorld(options => options.DelegationZone = "dcv.host.example");
        var requested = await world.RequestAsync("acme", "example.com");
        var rotated = await world.Manager.RotateTokenAsync(ClaimReference.To(requested.Claim!));

        Assert.Equal(requested.Instructions!.RecordName, rotated.Instructions!.RecordName);
        Assert.Equal(requested.Instructions.RecordValue, rotated.Instructions.RecordValue);
        Assert.Equal(requested.Instructions.HostRecord!.RecordName, rotated.Instructions.HostRecord!.RecordName);
        Assert.NotEqual(requested.Instructions.HostRecord.RecordValue, rotated.Instructions.HostRecord.RecordValue);
    }

    [Fact]
    public async Task Delegation_OwnersOfOneDomain_GetDifferentNames()
    {
        await using var world = new ClaimWorld(options => options.DelegationZone = "dcv.host.example");

        var one = await world.RequestAsync("acme", "example.com");
        var other = await world.RequestAsync("other", "example.com");

        Assert.NotEqual(one.Instructions!.RecordValue, other.Instructions!.RecordValue);
    }

    [Fact]
    public async Task Request_NameTooLongForTheRecord_IsRefusedAndNothingIsKept()
    {
        await using var world = new ClaimWorld();
        var domain = string.Join('.', Enumerable.Repeat(new string('a', 58), 4)) + ".example";

        var result = await world.RequestAsync("acme", domain);

        Assert.Equal(ClaimResultStatus.Refused, result.Status);
        Assert.Equal(DomainVerificationErrorCodes.ChallengeTooLong, result.Error?.Code);
        Assert.Null(result.Claim);
        Assert.Empty((await world.Manager.ListAsync("acme")).Claims);
    }

    [Theory]
    [InlineData(ProofMethod.DnsTxt, null)]
    [InlineData(ProofMethod.DnsTxt, "dcv.host.example")]
    [InlineData(ProofMethod.DnsCname, null)]
    public async Task EveryMethod_PublishedAsInstructed_IsProved(ProofMethod method, string? delegation)
    {
        await using var world = new ClaimWorld(options =>
        {
            options.Methods.Add(method);
            options.CnameZone = "verify.host.example";
            options.DelegationZone = delegation;
        });

        var claim = await world.VerifiedAsync("acme", "example.com");

        Assert.Equal(ClaimStatus.Verified, claim.Status);
        Assert.Equal(method, claim.Proof!.Evidence.Method);
    }
}
