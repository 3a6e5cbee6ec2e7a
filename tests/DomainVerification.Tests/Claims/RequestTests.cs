using DomainVerification.Tests.Registration;
using DomainVerification.Tests.Tokens;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class RequestTests
{
    [Fact]
    public async Task Request_FirstTime_MakesAPendingClaimAndSaysWhatToPublish()
    {
        await using var world = new ClaimWorld();

        var result = await world.RequestAsync("ann", "Acme.Example.");

        Assert.Equal(ClaimResultStatus.Done, result.Status);
        Assert.Equal(ClaimStatus.Pending, result.Claim!.Status);
        Assert.Equal(Domain, result.Claim.Domain.Value);
        Assert.Equal("_host-challenge.acme.example", result.Instructions!.RecordName);
        Assert.Equal("requested", await world.TrailAsync(result.Claim));
    }

    [Fact]
    public async Task Request_Again_ReturnsTheSameClaimAndInstructionsUnchanged()
    {
        await using var world = new ClaimWorld();
        var first = await world.RequestAsync("ann", Domain);
        var before = await world.Store.SnapshotAsync();

        var second = await world.RequestAsync("ann", Domain);

        Assert.Equal(ClaimResultStatus.Unchanged, second.Status);
        Assert.Equal(first.Claim, second.Claim);
        Assert.Equal(first.Instructions!.RecordValue, second.Instructions!.RecordValue);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Request_AgainWhereTheTokenIsShownOnce_GivesNoInstructionsAndKeepsTheTokenNowhere()
    {
        await using var world = new ClaimWorld(options => options.Token.Disclosure = TokenDisclosure.Once);
        var first = await world.RequestAsync("ann", Domain);

        var second = await world.RequestAsync("ann", Domain);

        Assert.NotNull(first.Instructions);
        Assert.Null(second.Instructions);
        Assert.Null((await world.Manager.GetInstructionsAsync(ClaimReference.To(first.Claim!))).Instructions);
        Assert.Equal(StoredTokenSchemes.Sha256, second.Claim!.Challenge.Token.Scheme);
        Assert.DoesNotContain(second.Claim.Challenge.Token.Value, first.Instructions.RecordValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetInstructions_TokenAlwaysReadable_GivesThemAgain()
    {
        await using var world = new ClaimWorld();
        var first = await world.RequestAsync("ann", Domain);

        var again = await world.Manager.GetInstructionsAsync(ClaimReference.To("ann", Domain));

        Assert.Equal(first.Instructions!.RecordValue, again.Instructions!.RecordValue);
        Assert.Equal(first.Instructions.Text, again.Instructions.Text);
    }

    [Fact]
    public async Task GetInstructions_TimeHasRunOut_GivesNoDeadToken()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        world.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        Assert.NotNull((await world.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions);
        world.Clock.Advance(TimeSpan.FromTicks(1));

        await world.RefusedAsync(Codes.ChallengeExpired, manager => manager.GetInstructionsAsync(ClaimReference.To(claim)));
    }

    [Fact]
    public async Task GetInstructions_VerifiedLongAgo_GivesThem()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(30));

        Assert.NotNull((await world.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(ClaimQuery.MaximumPageSize + 1)]
    public async Task List_PageSizeOutOfRange_IsABugOfTheHostInFrontOfEveryStore(int size)
    {
        await using var world = new ClaimWorld(build: builder => builder.Use<IClaimStore>(_ => new UnreachableStore()));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => world.Manager.ListAsync("ann", new ClaimQuery { PageSize = size }));
    }

    [Fact]
    public async Task Request_WhileVerified_ReturnsTheLiveClaim()
    {
        await using var world = new ClaimWorld();
        var verified = await world.VerifiedAsync("ann", Domain);

        var result = await world.RequestAsync("ann", Domain);

        Assert.Equal(ClaimResultStatus.Unchanged, result.Status);
        Assert.Equal(verified, result.Claim);
    }

    [Fact]
    public async Task Request_ByTwoOwners_MakesTwoClaimsWithDifferentTokens()
    {
        await using var world = new ClaimWorld();
        var ann = await world.RequestAsync("ann", Domain);
        var bob = await world.RequestAsync("bob", Domain);

        Assert.NotEqual(ann.Claim!.Id, bob.Claim!.Id);
        Assert.NotEqual(ann.Instructions!.RecordValue, bob.Instructions!.RecordValue);
    }

    [Fact]
    public async Task Request_OwnersThatDifferInCase_AreDifferentOwners()
    {
        await using var world = new ClaimWorld();
        var lower = await world.RequestAsync("ann", Domain);
        var upper = await world.RequestAsync("Ann", Domain);

        Assert.NotEqual(lower.Claim!.Id, upper.Claim!.Id);
        await world.RefusedAsync(
            Codes.ClaimNotFound,
            ClaimResultStatus.NotFound,
            manager => manager.GetAsync(ClaimReference.To("ANN", lower.Claim.Id)));
    }

    [Theory]
    [InlineData("https://acme.example", Codes.DomainIsUrl)]
    [InlineData("192.0.2.1", Codes.DomainIsIpAddress)]
    [InlineData("localhost", Codes.DomainIsSingleLabel)]
    [InlineData("co.uk", Codes.DomainIsPublicSuffix)]
    [InlineData("github.io", Codes.DomainIsPrivateSuffix)]
    [InlineData("router.local", Codes.DomainReserved)]
    [InlineData("", Codes.DomainEmpty)]
    public async Task Request_BadDomain_IsRefusedAndChangesNothing(string domain, string code)
    {
        await using var world = new ClaimWorld();
        await world.RequestAsync("ann", Domain);

        await world.RefusedAsync(code, manager => manager.RequestAsync(new ClaimRequest("ann", domain)));
    }

    [Fact]
    public async Task Request_UnknownProfile_IsRefused()
    {
        await using var world = new ClaimWorld();

        await world.RefusedAsync(
            Codes.ProfileUnknown,
            manager => manager.RequestAsync(new ClaimRequest("ann", Domain) { Profile = "nobody" }));
    }

    [Fact]
    public async Task Request_MethodThatTheProfileLacks_IsRefused()
    {
        await using var world = new ClaimWorld();

        await world.RefusedAsync(
            Codes.MethodNotAllowed,
            manager => manager.RequestAsync(new ClaimRequest("ann", Domain) { Method = ProofMethod.DnsCname }));
    }

    [Fact]
    public async Task Request_OtherMethodWhilePending_IsRefusedAndRotationChangesTheMethod()
    {
        await using var world = new ClaimWorld(options =>
        {
            options.Methods.Add(ProofMethod.DnsTxt);
            options.Methods.Add(ProofMethod.DnsCname);
            options.CnameZone = "verify.host.example";
        });
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;

        await world.RefusedAsync(
            Codes.MethodDiffers,
            manager => manager.RequestAsync(new ClaimRequest("ann", Domain) { Method = ProofMethod.DnsCname }));

        var rotated = await world.Manager.RotateTokenAsync(ClaimReference.To(claim), ProofMethod.DnsCname);
        Assert.Equal("CNAME", rotated.Instructions!.RecordType);
        world.Publish(rotated.Instructions);
        Assert.Equal(ClaimStatus.Verified, (await world.Manager.VerifyAsync(ClaimReference.To(claim))).RequireClaim().Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Request_NoOwner_IsABugOfTheHost(string owner)
    {
        await using var world = new ClaimWorld();

        await Assert.ThrowsAsync<ArgumentException>(() => world.RequestAsync(owner, Domain));
    }

    [Fact]
    public async Task Request_OwnerLongerThanAStoreKeeps_IsABugOfTheHost()
    {
        await using var world = new ClaimWorld();

        Assert.Equal(ClaimResultStatus.Done, (await world.RequestAsync(new string('o', 256), Domain)).Status);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => world.RequestAsync(new string('o', 257), Domain));
    }

    [Fact]
    public async Task Request_ParallelBySameOwner_MakesOneClaim()
    {
        await using var world = new ClaimWorld();

        var results = await Concurrently.RunAsync(32, _ => world.RequestAsync("ann", Domain));

        Assert.Single(results, result => result.Status == ClaimResultStatus.Done);
        Assert.Single(results.Select(result => result.Claim!.Id).Distinct());
        Assert.All(results, result => Assert.Null(result.Error));
    }

    [Fact]
    public async Task Request_StalledWhileAnotherClaimCameAndWent_GetsAGenerationOfItsOwn()
    {
        var store = new DelegatingStore();
        await using var world = new ClaimWorld(
            options =>
            {
                options.Token.Source = TokenSource.Derived;
                options.Keys.Add(TestProfiles.Key("k1"));
            },
            builder => builder.Use<IClaimStore>(_ => store));
        DomainClaim? fast = null;
        store.BeforeNextCommit = async () =>
        {
            fast = await world.VerifiedAsync("ann", Domain);
            await world.Manager.UnverifyAsync(ClaimReference.To(fast));
        };

        var slow = (await world.RequestAsync("ann", Domain)).RequireClaim();

        Assert.Equal((1, 2), (fast!.Challenge.Generation, slow.Challenge.Generation));
        Assert.Equal(1, Assert.Single(slow.SpentTokens).Generation);
        var stillPublished = await world.Manager.VerifyAsync(ClaimReference.To(slow));
        Assert.Equal(Codes.ProofNotFound, stillPublished.Error?.Code);
    }

    [Fact]
    public async Task Request_AfterTheChallengeRanOut_ExpiresTheOldClaimAndMakesANewOne()
    {
        await using var world = new ClaimWorld();
        var old = (await world.RequestAsync("ann", Domain)).Claim!;
        world.Clock.Advance(TimeSpan.FromDays(7));

        var result = await world.RequestAsync("ann", Domain);

        Assert.Equal(ClaimResultStatus.Done, result.Status);
        Assert.Equal(2, result.Claim!.Challenge.Generation);
        Assert.Equal(ClaimStatus.Expired, (await world.NowAsync(old)).Status);
        Assert.Equal("requested expired", await world.TrailAsync(old));
    }

    private sealed class UnreachableStore : WrappedStore
    {
        public override ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The store was asked.");
    }
}
