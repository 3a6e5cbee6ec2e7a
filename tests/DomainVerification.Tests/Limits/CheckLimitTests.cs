using System.Diagnostics.Metrics;
using DomainVerification.Diagnostics;
using DomainVerification.Tests.Claims;
using Microsoft.Extensions.DependencyInjection;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Limits;

/// <summary>What the limits of checks do to the workflow.</summary>
public class CheckLimitTests
{
    [Fact]
    public async Task Verify_BeyondTheLimit_IsRefusedWithAWaitAndLooksForNothing()
    {
        await using var world = new ClaimWorld(build: builder => builder.ConfigureCheckLimits(limits => limits.PerDomain = 2));
        var claim = await PendingAsync(world);
        await world.Manager.VerifyAsync(claim);
        await world.Manager.VerifyAsync(claim);
        var queries = world.Resolver.Queries.Count;

        await world.RefusedAsync(Codes.CheckRateLimited, manager => manager.VerifyAsync(claim));
        await world.RefusedAsync(Codes.CheckRateLimited, manager => manager.ConfirmAsync(claim));

        var refused = await world.Manager.VerifyAsync(claim);
        Assert.Equal(TimeSpan.FromSeconds(30), refused.RetryAfter);
        Assert.Equal(claim.Id, refused.Claim!.Id);
        Assert.Null(refused.Report);
        Assert.Equal(queries, world.Resolver.Queries.Count);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Codes.ProofNotFound, (await world.Manager.VerifyAsync(claim)).Error!.Code);
    }

    [Fact]
    public async Task Defaults_LetAnOwnerCheckTenTimesAtOnce()
    {
        await using var world = new ClaimWorld();
        var claim = await PendingAsync(world);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Codes.ProofNotFound, (await world.Manager.ConfirmAsync(claim)).Error!.Code);
        }

        Assert.Equal(Codes.CheckRateLimited, (await world.Manager.ConfirmAsync(claim)).Error!.Code);
    }

    [Fact]
    public async Task CallsThatLookForNothing_AreNotCounted()
    {
        await using var world = new ClaimWorld(build: builder => builder.ConfigureCheckLimits(limits => limits.PerOwner = 1));
        var verified = await world.VerifiedAsync("ann", Domain);
        var ended = (await world.Manager.CancelAsync(await PendingAsync(world, "b.example"))).RequireClaim();

        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Manager.VerifyAsync(ClaimReference.To(verified))).Status);
        Assert.Equal(Codes.ClaimEnded, (await world.Manager.VerifyAsync(ClaimReference.To(ended))).Error!.Code);
        var missing = ClaimReference.To("ann", ClaimId.New(world.Clock));
        Assert.Equal(Codes.ClaimNotFound, (await world.Manager.VerifyAsync(missing)).Error!.Code);
        Assert.Equal(
            Codes.VersionConflict,
            (await world.Manager.ConfirmAsync(ClaimReference.To(verified), new ClaimActionOptions { ExpectedVersion = 1 })).Error!.Code);
        Assert.Equal(ClaimStatus.Claimed, (await world.Manager.ClaimAsync(ClaimReference.To(verified))).RequireClaim().Status);
        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Manager.ConfirmAsync(ClaimReference.To(verified))).Status);
    }

    [Fact]
    public async Task Worker_LooksAsItsScheduleSays_WhateverTheLimits()
    {
        await using var world = new ClaimWorld(
            options => options.Recheck.Start = RecheckStart.Immediately,
            builder => builder.UseProofCheckLimiter<Never>());
        var claim = await PendingAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await world.WorkAsync();

        Assert.Equal(1, (await world.Manager.GetAsync(claim)).RequireClaim().Rechecks);
        Assert.Equal(Codes.CheckRateLimited, (await world.Manager.VerifyAsync(claim)).Error!.Code);
    }

    [Fact]
    public async Task ASystemActorThatCalls_IsCountedLikeAnybody()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseProofCheckLimiter<Never>());
        var claim = await PendingAsync(world);

        var result = await world.Manager.VerifyAsync(claim, new ClaimActionOptions { Actor = ClaimActor.System });

        Assert.Equal((Codes.CheckRateLimited, TimeSpan.FromHours(1)), (result.Error!.Code, result.RetryAfter));
    }

    [Fact]
    public async Task ACallThatOthersWereFasterThan_IsCountedOnce()
    {
        var store = new Registration.DelegatingStore();
        await using var world = new ClaimWorld(build: builder =>
        {
            builder.Services.AddSingleton<IClaimStore>(store);
            builder.ConfigureCheckLimits(limits => limits.PerOwner = 1);
        });
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);
        var claim = ClaimReference.To(requested.Claim!);
        store.BeforeNextCommit = async () =>
            world.Publish((await world.Manager.RotateTokenAsync(claim)).Instructions!);

        var result = await world.Manager.VerifyAsync(claim);

        Assert.Equal(ClaimStatus.Verified, result.RequireClaim().Status);
    }

    [Fact]
    public async Task Limiter_OfTheHost_IsToldWhatIsAskedFor()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseProofCheckLimiter<Recording>());
        var claim = await PendingAsync(world);

        await world.Manager.VerifyAsync(claim, new ClaimActionOptions { Actor = ClaimActor.User("jo") });

        var attempt = Assert.Single(((Recording)world.Get<IProofCheckLimiter>()).Attempts);
        Assert.Equal(("", "ann", Domain), (attempt.Profile, attempt.Owner, attempt.Domain.Value));
        Assert.Equal((claim.Id, "jo"), (attempt.ClaimId, attempt.Actor.Id));
    }

    [Fact]
    public async Task ARefusedCheck_IsMeasured()
    {
        await using var world = new ClaimWorld(
            build: builder => builder
                .AddProfile("measured", options => options.AllowUnlistedSuffixes = true)
                .UseProofCheckLimiter<Never>());
        var refused = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == DomainVerificationDiagnostics.MeterName
                && instrument.Name == "domainverification.proof.check.refused")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.ToArray().Contains(new("profile", "measured")))
            {
                Interlocked.Add(ref refused, count);
            }
        });
        listener.Start();
        var claim = ClaimReference.To((await world.RequestAsync("ann", Domain, "measured")).RequireClaim());

        await world.Manager.VerifyAsync(claim);

        Assert.Equal(1, refused);
    }

    private static async Task<ClaimReference> PendingAsync(ClaimWorld world, string domain = Domain)
    {
        world.Dns.Zone(domain);
        return ClaimReference.To((await world.RequestAsync("ann", domain)).RequireClaim());
    }

    private sealed class Never : IProofCheckLimiter
    {
        public ValueTask<ProofCheckAdmission> AdmitAsync(ProofCheckAttempt attempt, CancellationToken cancellationToken) =>
            ValueTask.FromResult(ProofCheckAdmission.Refused(TimeSpan.FromHours(1)));
    }

    private sealed class Recording : IProofCheckLimiter
    {
        public List<ProofCheckAttempt> Attempts { get; } = [];

        public ValueTask<ProofCheckAdmission> AdmitAsync(ProofCheckAttempt attempt, CancellationToken cancellationToken)
        {
            Attempts.Add(attempt);
            return ValueTask.FromResult(ProofCheckAdmission.Admitted);
        }
    }
}
