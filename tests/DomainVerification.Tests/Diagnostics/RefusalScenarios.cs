using DomainVerification.Claims.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using DomainVerification.Tests.PublicSuffixes;
using DomainVerification.Tests.Registration;
using Microsoft.Extensions.DependencyInjection;
using static DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>For each code what causes it; the text of the table's row is handed in.</summary>
internal static class RefusalScenarios
{
    public static Func<string, Task<DomainVerificationError?>> Of(string code) => code switch
    {
        DomainIsPublicSuffix or DomainIsPrivateSuffix or DomainTldUnlisted or DomainReserved or DomainDenied or ChallengeTooLong => Request,
        ProfileUnknown => profile => In(async world => await world.RequestAsync("acme", "example.com", profile)),
        MethodNotAllowed => _ => In(world => RequestBy(world, ProofMethod.DnsCname)),
        MethodDiffers => _ => In(MethodChangedAsync, BothMethods),
        ClaimNotFound => _ => In(async world =>
        {
            var claim = await world.ClaimedAsync("acme", "example.com");
            return await world.Manager.UnclaimAsync(ClaimReference.To("other", claim.Id));
        }),
        VersionConflict => _ => Then(
            world => world.VerifiedAsync("acme", "example.com"),
            (world, claim) => world.Manager.UnverifyAsync(claim, new ClaimActionOptions { ExpectedVersion = 1 })),
        ClaimEnded => _ => Then(
            async world => (await world.Manager.CancelAsync(ClaimReference.To(await PendingAsync(world)))).RequireClaim(),
            (world, claim) => world.Manager.VerifyAsync(claim)),
        ChallengeExpired => _ => Then(PendingAsync, (world, claim) =>
        {
            world.Clock.Advance(TimeSpan.FromDays(7));
            return world.Manager.VerifyAsync(claim);
        }),
        NotPending => _ => Then(world => world.VerifiedAsync("acme", "example.com"), (world, claim) => world.Manager.CancelAsync(claim)),
        NotVerified => _ => Then(PendingAsync, (world, claim) => world.Manager.ClaimAsync(claim)),
        NotClaimed => _ => Then(world => world.VerifiedAsync("acme", "example.com"), (world, claim) => world.Manager.UnclaimAsync(claim)),
        StillClaimed => _ => Then(world => world.ClaimedAsync("acme", "example.com"), (world, claim) => world.Manager.UnverifyAsync(claim)),
        ProofStale => _ => Then(world => world.VerifiedAsync("acme", "example.com"), (world, claim) =>
        {
            world.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromTicks(1));
            return world.Manager.ClaimAsync(claim);
        }),
        DomainHeld => _ => In(
            async world =>
            {
                await world.ClaimedAsync("acme", "example.com");
                return await world.RequestAsync("other", "example.com");
            },
            options => options.Takeover = TakeoverRule.RefuseRequests),
        TransferWaiting or TransferInReview or TransferRefused or ReviewNotFound or ReviewStale or ReviewerIsParty or UndoNotPossible =>
            _ => TransferScenarios.RunAsync(code),
        ProvisionerUnknown or HandlerUnknown or HandlerFaulted => _ => UnknownPartAsync(code),
        DomainContested => _ => ContestedAsync(),
        ProofNotFound => _ => Then(PendingAsync, (world, claim) =>
        {
            world.Dns.Zone("example.com");
            return world.Manager.VerifyAsync(claim);
        }),
        CheckRateLimited => _ => CheckRateLimitedAsync(),
        TooManyPendingClaims => _ => In(
            async world =>
            {
                await world.RequestAsync("acme", "example.com");
                return await world.RequestAsync("acme", "example.net");
            },
            options => options.MaximumPendingClaims = 1),
        ProofInconclusive => _ => Then(PendingAsync, (world, claim) =>
        {
            world.Resolver.Faults.Add(DnsFault.ServFail());
            return world.Manager.VerifyAsync(claim);
        }),
        AlreadyClaimed => _ => ApplyAsync(world => world.ClaimedAsync("acme", "example.com"), new ClaimCommand.Claim(2)),
        HoldingEnded => _ => ApplyAsync(world => world.VerifiedAsync("acme", "example.com"), new ClaimCommand.FinishProvisioning(string.Empty, [])),
        ProvisioningPending => _ => In(
            async world =>
            {
                var claim = await world.ClaimedAsync("acme", "example.com");
                return await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), TimeSpan.Zero);
            },
            builder: builder => builder.UseIdentityProvisioner<ThrowingProvisioner>()),
        ProvisionerFaulted => _ => ProvisionerFaultedAsync(),
        WorkNotFound => _ => ReplayAsync(_ => Guid.Empty),
        WorkNotDead => _ => ReplayAsync(work => work.Id),
        PublicSuffixListTooLarge => _ => Replace(new string('\n', PublicSuffixList.MaxTextLength + 1)),
        PublicSuffixListMalformed => Replace,
        PublicSuffixListIncomplete => _ => Replace(PublicSuffixLists.Text("com", "github.io")),
        PublicSuffixListOutdated => _ => Replace(PublicSuffixLists.PlausibleText(), new DateOnly(2026, 1, 1)),
        _ when code.StartsWith("domain_", StringComparison.Ordinal) => Parse,
        _ => throw new InvalidOperationException($"The code {code} has no scenario."),
    };

    private static Task<DomainVerificationError?> Parse(string text) =>
        Task.FromResult(DomainName.TryParse(text, out _, out var error) ? null : error);

    private static Task<DomainVerificationError?> Request(string domain) => In(
        async world =>
        {
            var result = await world.RequestAsync("acme", domain);
            Assert.Null(result.Claim);
            return result;
        },
        options =>
        {
            options.AllowUnlistedSuffixes = false;
            options.DeniedDomains.Add("gmail.com");
        });

    private static async Task<DomainVerificationError?> In(
        Func<ClaimWorld, Task<ClaimResult>> act,
        Action<DomainVerificationOptions>? configure = null,
        Action<DomainVerificationBuilder>? builder = null)
    {
        await using var world = new ClaimWorld(configure, builder);
        return (await act(world)).Error;
    }

    /// <summary>Does something to a claim. A refused one must be as it was.</summary>
    private static Task<DomainVerificationError?> Then(
        Func<ClaimWorld, Task<DomainClaim>> arrange,
        Func<ClaimWorld, ClaimReference, Task<ClaimResult>> act) => In(async world =>
        {
            var claim = await arrange(world);
            var result = await act(world, ClaimReference.To(claim));
            var after = await world.Store.FindAsync(claim.Id, default);
            if (result.Status is ClaimResultStatus.Refused or ClaimResultStatus.Conflict && result.Error?.Code != ChallengeExpired)
            {
                Assert.Equal(claim, after);
            }

            return result;
        });

    private static void BothMethods(DomainVerificationOptions options)
    {
        options.Methods.Add(ProofMethod.DnsTxt);
        options.Methods.Add(ProofMethod.DnsCname);
        options.CnameZone = "verify.host.example";
    }

    private static Task<ClaimResult> RequestBy(ClaimWorld world, ProofMethod method) =>
        world.Manager.RequestAsync(new ClaimRequest("acme", "example.com") { Method = method });

    private static async Task<ClaimResult> MethodChangedAsync(ClaimWorld world)
    {
        await RequestBy(world, ProofMethod.DnsTxt);
        return await RequestBy(world, ProofMethod.DnsCname);
    }

    private static async Task<DomainClaim> PendingAsync(ClaimWorld world) =>
        (await world.RequestAsync("acme", "example.com")).RequireClaim();

    private static async Task<DomainVerificationError?> CheckRateLimitedAsync()
    {
        await using var world = new ClaimWorld(build: builder => builder.ConfigureCheckLimits(limits => limits.PerOwner = 1));
        var claim = ClaimReference.To(await PendingAsync(world));
        await world.Manager.VerifyAsync(claim);
        return (await world.Manager.VerifyAsync(claim)).Error;
    }

    private static async Task<DomainVerificationError?> ContestedAsync()
    {
        var store = new DelegatingStore();
        await using var world = new ClaimWorld(build: builder => builder.Services.AddSingleton<IClaimStore>(store));
        await world.ClaimedAsync("acme", "example.com");
        var other = await world.VerifiedAsync("other", "example.com");
        var third = await world.VerifiedAsync("third", "example.com");
        store.BeforeNextCommit = () => world.Manager.ClaimAsync(ClaimReference.To(third));

        return (await world.Manager.ClaimAsync(ClaimReference.To(other))).Error;
    }

    private static async Task<DomainVerificationError?> ApplyAsync(Func<ClaimWorld, Task<DomainClaim>> arrange, ClaimCommand command)
    {
        await using var world = new ClaimWorld();
        return ClaimLifecycle.Apply(await arrange(world), command, ClaimActor.System, world.Clock.GetUtcNow()).Error;
    }

    private static async Task<DomainVerificationError?> ProvisionerFaultedAsync()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseIdentityProvisioner<ThrowingProvisioner>());
        await world.ClaimedAsync("acme", "example.com");
        await world.WorkAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        var request = new LeaseRequest(world.Clock.GetUtcNow(), TimeSpan.FromMinutes(1), 1);
        return Assert.Single(await world.Store.LeaseWorkAsync(request, default)).LastError;
    }

    /// <summary>Does work whose part this process does not know, or whose handler throws.</summary>
    private static async Task<DomainVerificationError?> UnknownPartAsync(string code)
    {
        await using var world = new ClaimWorld(build: builder => builder.AddClaimEventHandler<ThrowingHandler>("log"));
        var claim = await PendingAsync(world);
        var (kind, target) = code == ProvisionerUnknown ? (ClaimWorkKind.Release, "certs") : (ClaimWorkKind.Notify, "mail");
        var work = Assert.Single((await world.Get<IOutbox>().ListAsync()).Work) with { Id = Guid.NewGuid(), Kind = kind, Target = target };
        await world.Store.CommitAsync(new ClaimCommit { Work = [work] }, default);
        await world.WorkAsync();
        var tried = (await world.Get<IOutbox>().ListAsync(new WorkQuery { Domain = claim.Domain })).Work;
        return tried.Single(item => item.Target == (code == HandlerFaulted ? "log" : target)).LastError;
    }

    /// <summary>Replays work of an outbox in which one provision waits for its turn.</summary>
    private static async Task<DomainVerificationError?> ReplayAsync(Func<ClaimWork, Guid> id)
    {
        await using var world = new ClaimWorld(build: builder => builder.UseIdentityProvisioner<ThrowingProvisioner>());
        await world.ClaimedAsync("acme", "example.com");
        var outbox = world.Get<IOutbox>();
        var waiting = Assert.Single((await outbox.ListAsync()).Work);

        var result = await outbox.ReplayAsync(id(waiting), ClaimActor.User("jo"));

        Assert.Equal(waiting, await outbox.FindAsync(waiting.Id));
        return result.Error;
    }

    private static Task<DomainVerificationError?> Replace(string text) => Replace(text, null);

    private static Task<DomainVerificationError?> Replace(string text, DateOnly? date)
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.PlausibleText(), new DateOnly(2026, 1, 2));
        var provider = new PublicSuffixListProvider(list);
        var update = provider.Replace(text, date);
        Assert.Same(list, provider.Current);
        return Task.FromResult(update.Error);
    }

    private sealed class ThrowingHandler : IClaimEventHandler
    {
        public Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken) => throw new TimeoutException();
    }

    private sealed class ThrowingProvisioner : IIdentityProvisioner
    {
        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            throw new TimeoutException();

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            throw new TimeoutException();
    }
}
