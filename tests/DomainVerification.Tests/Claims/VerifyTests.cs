using DomainVerification.Testing;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class VerifyTests
{
    [Fact]
    public async Task Verify_RecordPublished_VerifiesWithEvidence()
    {
        await using var world = new ClaimWorld();
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);

        var result = await world.Manager.VerifyAsync(
            ClaimReference.To(requested.Claim!),
            new ClaimActionOptions { Actor = ClaimActor.User("jo") });

        var claim = result.RequireClaim();
        Assert.Equal(ClaimStatus.Verified, claim.Status);
        Assert.Equal(ProofOutcome.Proved, result.Report!.Outcome);
        var entry = (await world.Manager.ListEventsAsync(ClaimReference.To(claim)))[^1];
        Assert.Equal((ClaimEventTypes.Verified, ClaimActor.User("jo")), (entry.Type, entry.Actor));
        Assert.Equal(world.Clock.GetUtcNow(), entry.At);
        Assert.Equal(requested.Instructions!.RecordName, entry.Evidence!.RecordName);
        Assert.Equal(1, entry.Evidence.Generation);
        Assert.Null(await world.HolderAsync());
    }

    [Fact]
    public async Task Verify_NothingPublished_CountsAnAttemptAndStaysPending()
    {
        await using var world = new ClaimWorld();
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        world.Dns.Zone(Domain);

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.NotProved, Codes.ProofNotFound), (result.Status, result.Error!.Code));
        Assert.Equal((ClaimStatus.Pending, 1, 0), (result.Claim!.Status, result.Claim.Attempts, result.Claim.Rechecks));
        Assert.Equal("requested", await world.TrailAsync(claim));
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), result.Claim.DueAt);
    }

    [Fact]
    public async Task Verify_ServersFail_IsInconclusiveAndCountsNoAttempt()
    {
        await using var world = new ClaimWorld();
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);
        world.Resolver.Faults.Add(DnsFault.ServFail());

        var result = await world.Manager.VerifyAsync(ClaimReference.To(requested.Claim!));

        Assert.Equal((ClaimResultStatus.Inconclusive, Codes.ProofInconclusive), (result.Status, result.Error!.Code));
        Assert.Equal((ClaimStatus.Pending, 0), (result.Claim!.Status, result.Claim.Attempts));
        Assert.Equal("requested", await world.TrailAsync(requested.Claim!));
    }

    [Fact]
    public async Task Verify_ServersFailWhileClaimed_TakesNothingAway()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(2));
        world.Resolver.Faults.Add(DnsFault.ServFail());

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
        Assert.Equal(claim.Proof, (await world.NowAsync(claim)).Proof);
    }

    [Fact]
    public async Task Verify_FreshProof_IsUnchangedWithoutALook()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        var before = await world.Store.SnapshotAsync();
        world.Resolver.ClearQueries();

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal(ClaimResultStatus.Unchanged, result.Status);
        Assert.Empty(world.Resolver.Queries);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Verify_StaleProof_LooksAgainAndKeepsTheFirstTime()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        world.Clock.Advance(TimeSpan.FromDays(2));

        var again = (await world.Manager.VerifyAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.Equal(claim.Proof!.FirstProvedAt, again.Proof!.FirstProvedAt);
        Assert.Equal(world.Clock.GetUtcNow(), again.Proof.ProvedAt);
        Assert.Equal("requested verified reverified", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Verify_SeveralOwners_AreAllVerifiedAndNobodyHolds()
    {
        await using var world = new ClaimWorld();

        foreach (var owner in (string[])["ann", "bob", "eve"])
        {
            Assert.Equal(ClaimStatus.Verified, (await world.VerifiedAsync(owner, Domain)).Status);
        }

        Assert.Null(await world.HolderAsync());
    }

    [Fact]
    public async Task Verify_TokenOfAnotherOwner_ProvesNothing()
    {
        await using var world = new ClaimWorld();
        await world.VerifiedAsync("ann", Domain);
        var eve = (await world.RequestAsync("eve", Domain)).Claim!;

        var result = await world.Manager.VerifyAsync(ClaimReference.To(eve));

        Assert.Equal(ClaimResultStatus.NotProved, result.Status);
        Assert.Equal(ProofDiagnosisCodes.ValueMismatch, result.Report!.Diagnosis.Code);
    }

    [Theory]
    [InlineData(TokenSource.Random)]
    [InlineData(TokenSource.Derived)]
    public async Task Verify_OldTokenLeftInDnsAfterTheEnd_IsNamedSpentAndNeverAccepted(TokenSource source)
    {
        await using var world = new ClaimWorld(options => Use(options, source));
        var old = await world.VerifiedAsync("ann", Domain);
        await world.Manager.UnverifyAsync(ClaimReference.To(old));

        var renewed = await world.RequestAsync("ann", Domain);
        var result = await world.Manager.VerifyAsync(ClaimReference.To(renewed.Claim!));

        Assert.Equal(2, renewed.Claim!.Challenge.Generation);
        Assert.Equal(ClaimResultStatus.NotProved, result.Status);
        Assert.Equal(ProofDiagnosisCodes.TokenSpent, result.Report!.Diagnosis.Code);
        world.Publish(renewed.Instructions!);
        Assert.Equal(ClaimStatus.Verified, (await world.Manager.VerifyAsync(ClaimReference.To(renewed.Claim))).RequireClaim().Status);
    }

    [Theory]
    [InlineData(TokenSource.Random)]
    [InlineData(TokenSource.Derived)]
    public async Task Verify_OldTokenAfterARotation_IsNamedSpent(TokenSource source)
    {
        await using var world = new ClaimWorld(options => Use(options, source));
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);
        var rotated = await world.Manager.RotateTokenAsync(ClaimReference.To(requested.Claim!));

        var result = await world.Manager.VerifyAsync(ClaimReference.To(requested.Claim!));

        Assert.NotEqual(requested.Instructions!.RecordValue, rotated.Instructions!.RecordValue);
        Assert.Equal(ProofDiagnosisCodes.TokenSpent, result.Report!.Diagnosis.Code);
        Assert.Equal(ClaimStatus.Pending, result.Claim!.Status);
        Assert.Equal("requested token_rotated", await world.TrailAsync(requested.Claim!));
    }

    [Fact]
    public async Task Verify_AfterTheChallengeRanOut_IsRefusedAndTheClaimIsExpired()
    {
        await using var world = new ClaimWorld();
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);
        world.Clock.Advance(TimeSpan.FromDays(7));

        var result = await world.Manager.VerifyAsync(
            ClaimReference.To(requested.Claim!),
            new ClaimActionOptions { ExpectedVersion = requested.Claim!.Version });

        Assert.Equal((ClaimResultStatus.Refused, Codes.ChallengeExpired), (result.Status, result.Error!.Code));
        Assert.Equal(ClaimStatus.Expired, result.Claim!.Status);
        Assert.Equal("requested expired", await world.TrailAsync(requested.Claim));
    }

    [Fact]
    public async Task Verify_TokenRotatedDuringTheLook_DoesNotVerifyWithTheOldToken()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseScript());
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        var records = new List<string>();
        world.Script().Before = async (_, token) =>
        {
            records.Add((await world.NowAsync(claim)).Challenge.Token.Value);
            if (records.Count == 1)
            {
                Assert.Null((await world.Manager.RotateTokenAsync(ClaimReference.To(claim), null, null, token)).Error);
            }
        };
        world.Script().Outcome = _ => records.Count == 1 ? ProofOutcome.Proved : ProofOutcome.NotProved;

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal(2, records.Distinct().Count());
        Assert.Equal((ClaimResultStatus.NotProved, ClaimStatus.Pending), (result.Status, result.Claim!.Status));
        Assert.Equal("requested token_rotated", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Verify_CanceledByTheOwnerDuringTheLook_IsRefused()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseScript());
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        world.Script().Before = (_, token) => world.Manager.CancelAsync(ClaimReference.To(claim), null, token);

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal((ClaimResultStatus.Refused, Codes.ClaimEnded), (result.Status, result.Error!.Code));
        Assert.Equal("requested canceled", await world.TrailAsync(claim));
    }

    [Fact]
    public async Task Verify_CancelledCallDuringTheLook_EndsPromptlyAndChangesNothing()
    {
        await using var world = new ClaimWorld(build: builder => builder.UseScript());
        var claim = (await world.RequestAsync("ann", Domain)).Claim!;
        var before = await world.Store.SnapshotAsync();
        using var cancellation = new CancellationTokenSource();
        var looking = new TaskCompletionSource();
        world.Script().Before = (_, token) =>
        {
            looking.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        };

        var call = world.Manager.VerifyAsync(ClaimReference.To(claim), null, cancellation.Token);
        await looking.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task EveryCall_TokenCancelledBefore_ThrowsAndChangesNothing()
    {
        await using var world = new ClaimWorld();
        var claim = await world.VerifiedAsync("ann", Domain);
        var before = await world.Store.SnapshotAsync();
        var reference = ClaimReference.To(claim);
        var token = new CancellationToken(true);
        var manager = world.Manager;
        Func<Task>[] calls =
        [
            () => manager.RequestAsync(new ClaimRequest("bob", Domain), token),
            () => manager.VerifyAsync(reference, null, token),
            () => manager.ClaimAsync(reference, null, token),
            () => manager.ConfirmAsync(reference, null, token),
            () => manager.UnclaimAsync(reference, null, token),
            () => manager.UnverifyAsync(reference, null, token),
            () => manager.CancelAsync(reference, null, token),
            () => manager.RotateTokenAsync(reference, null, null, token),
            () => manager.GetAsync(reference, token),
            () => manager.GetInstructionsAsync(reference, token),
            () => manager.ListAsync("ann", null, token),
            () => manager.ListEventsAsync(reference, token),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Fact]
    public async Task Confirm_RecordPublished_VerifiesAndClaims()
    {
        await using var world = new ClaimWorld();
        var requested = await world.RequestAsync("ann", Domain);
        world.Publish(requested.Instructions!);

        var result = await world.Manager.ConfirmAsync(ClaimReference.To("ann", Domain));

        Assert.Equal(ClaimStatus.Claimed, result.RequireClaim().Status);
        Assert.Equal(ProofOutcome.Proved, result.Report!.Outcome);
        Assert.Equal("requested verified claimed", await world.TrailAsync(requested.Claim!));
        Assert.Equal(ClaimResultStatus.Unchanged, (await world.Manager.ConfirmAsync(ClaimReference.To("ann", Domain))).Status);
    }

    [Fact]
    public async Task Confirm_NothingPublished_ClaimsNothing()
    {
        await using var world = new ClaimWorld();
        var requested = await world.RequestAsync("ann", Domain);
        world.Dns.Zone(Domain);

        var result = await world.Manager.ConfirmAsync(ClaimReference.To("ann", Domain));

        Assert.Equal((ClaimResultStatus.NotProved, Codes.ProofNotFound), (result.Status, result.Error!.Code));
        Assert.Null(await world.HolderAsync());
        Assert.Equal("requested", await world.TrailAsync(requested.Claim!));
    }

    private static void Use(DomainVerificationOptions options, TokenSource source)
    {
        options.Token.Source = source;
        options.Keys.Add(new TokenKey { Id = "k1", Secret = Convert.ToBase64String(new byte[32]) });
    }
}
