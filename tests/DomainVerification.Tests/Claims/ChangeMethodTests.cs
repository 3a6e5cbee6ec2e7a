using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

/// <summary>A request that may move a pending claim to another method.</summary>
public class ChangeMethodTests
{
    private const string Domain = "acme.example";

    [Fact]
    public async Task Request_OtherMethod_MovesTheClaimAndKeepsTheToken()
    {
        await using var world = World();
        var first = await RequestAsync(world, ProofMethod.DnsTxt);

        var moved = await RequestAsync(world, ProofMethod.DnsCname);

        Assert.Equal((ClaimResultStatus.Done, first.Claim!.Id), (moved.Status, moved.RequireClaim().Id));
        Assert.Equal("CNAME", moved.Instructions!.RecordType);
        var token = first.Instructions!.RecordValue.Split(' ')[0]["token=".Length..];
        Assert.Equal($"{token}.verify.host.example", moved.Instructions.RecordValue);
        Assert.Equal(first.Claim.Challenge.ExpiresAt, moved.Claim!.Challenge.ExpiresAt);
        Assert.Equal("requested method_changed", await world.TrailAsync(moved.Claim));
        Assert.Empty(moved.Claim.SpentTokens);
    }

    [Fact]
    public async Task Request_ThereAndBack_IsTheSameRecord()
    {
        await using var world = World(options => options.DelegationZone = "dcv.host.example");
        var first = await RequestAsync(world, ProofMethod.DnsTxt);

        var delegated = first.Claim!.Challenge.Record.DelegatedName;
        Assert.NotNull(delegated);
        var there = await RequestAsync(world, ProofMethod.DnsCname);
        var back = await RequestAsync(world, ProofMethod.DnsTxt);

        // A delegated name is never used twice, so the way back has another one.
        Assert.Null(there.Claim!.Challenge.Record.DelegatedName);
        Assert.NotEqual(delegated, back.Claim!.Challenge.Record.DelegatedName);
        Assert.Equal(first.Claim.Challenge.Token, back.Claim.Challenge.Token);
        world.Publish(back.Instructions!);
        Assert.Equal(ClaimStatus.Verified, (await world.Manager.VerifyAsync(ClaimReference.To(back.Claim))).RequireClaim().Status);
    }

    [Fact]
    public async Task Verify_RecordOfTheFormerMethod_ProvesNothing()
    {
        await using var world = World();
        var first = await RequestAsync(world, ProofMethod.DnsTxt);
        world.Publish(first.Instructions!);
        var moved = await RequestAsync(world, ProofMethod.DnsCname);

        var result = await world.Manager.VerifyAsync(ClaimReference.To(moved.Claim!));

        Assert.Equal(ClaimResultStatus.NotProved, result.Status);
        Assert.Equal(ClaimStatus.Pending, result.Claim!.Status);
    }

    [Fact]
    public async Task Request_SameMethod_ChangesNothing()
    {
        await using var world = World();
        await RequestAsync(world, ProofMethod.DnsTxt);

        Assert.Equal(ClaimResultStatus.Unchanged, (await RequestAsync(world, ProofMethod.DnsTxt)).Status);
    }

    [Fact]
    public async Task Request_Proved_KeepsTheMethodOfTheProof()
    {
        await using var world = World();
        var verified = await world.VerifiedAsync("ann", Domain);

        var again = await RequestAsync(world, ProofMethod.DnsCname);

        Assert.Equal((ClaimResultStatus.Unchanged, verified), (again.Status, again.Claim));
    }

    [Fact]
    public async Task Request_TokenThatIsNotKept_IsRefused()
    {
        await using var world = World(options => options.Token.Disclosure = TokenDisclosure.Once);
        await RequestAsync(world, ProofMethod.DnsTxt);

        await world.RefusedAsync(Codes.MethodDiffers, manager => manager.RequestAsync(Request(ProofMethod.DnsCname)));
    }

    [Fact]
    public async Task Request_MethodThatTheProfileLacks_IsRefused()
    {
        await using var world = new ClaimWorld();
        await world.RequestAsync("ann", Domain);

        await world.RefusedAsync(Codes.MethodNotAllowed, manager => manager.RequestAsync(Request(ProofMethod.DnsCname)));
    }

    [Fact]
    public async Task Request_RanOut_MakesANewClaimByTheMethodThatIsAskedFor()
    {
        await using var world = World();
        var first = await RequestAsync(world, ProofMethod.DnsTxt);
        world.Clock.Advance(TimeSpan.FromDays(8));

        var fresh = await RequestAsync(world, ProofMethod.DnsCname);

        Assert.NotEqual(first.Claim!.Id, fresh.RequireClaim().Id);
        Assert.Equal(ProofMethod.DnsCname, fresh.Claim!.Challenge.Record.Method);
    }

    private static ClaimWorld World(Action<DomainVerificationOptions>? configure = null) => new(options =>
    {
        options.Methods = [ProofMethod.DnsTxt, ProofMethod.DnsCname];
        options.CnameZone = "verify.host.example";
        configure?.Invoke(options);
    });

    private static ClaimRequest Request(ProofMethod method) => new("ann", Domain) { Method = method, ChangeMethod = true };

    private static Task<ClaimResult> RequestAsync(ClaimWorld world, ProofMethod method) => world.Manager.RequestAsync(Request(method));
}
