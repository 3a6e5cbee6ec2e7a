using DomainVerification.Tests.Claims;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Transfers;

/// <summary>A domain that one owner holds and another one has proved, with a holder's activity that the test sets.</summary>
internal static class TransferWorld
{
    public static readonly ClaimActor Operator = ClaimActor.User("operator");

    public static ClaimWorld Create(
        Action<TransferOptions>? configure = null,
        HolderActivity? activity = null,
        Action<DomainVerificationBuilder>? build = null,
        Action<DomainVerificationOptions>? profile = null) => new(
            options =>
            {
                configure?.Invoke(options.Transfers);
                profile?.Invoke(options);
            },
            builder =>
            {
                builder.Use<IHolderActivity>(_ => new ScriptedActivity { Activity = activity ?? HolderActivity.Unknown });
                build?.Invoke(builder);
            });

    public static ScriptedActivity Activity(this ClaimWorld world) => (ScriptedActivity)world.Get<IHolderActivity>();

    public static ITransferReviews Reviews(this ClaimWorld world) => world.Get<ITransferReviews>();

    /// <summary>Ann holds, and Bob has proved the domain.</summary>
    public static async Task<(DomainClaim Ann, DomainClaim Bob)> ContestedAsync(this ClaimWorld world)
    {
        var ann = await world.ClaimedAsync("ann", Domain);
        var bob = await world.VerifiedAsync("bob", Domain);
        return (ann, bob);
    }

    /// <summary>Ann holds and is active, and Bob's claim is in review.</summary>
    public static async Task<(DomainClaim Ann, TransferReview Review)> InReviewAsync(this ClaimWorld world)
    {
        var (ann, bob) = await world.ContestedAsync();
        world.Activity().Activity = new HolderActivity { LastUsedAt = world.Clock.GetUtcNow(), RecentUses = 12 };
        var refused = await world.ClaimAsync(bob);
        Assert.Equal(DomainVerificationErrorCodes.TransferInReview, refused.Error?.Code);
        return (ann, (await world.Reviews().FindAsync(bob.Id))!);
    }

    public static Task<ClaimResult> ClaimAsync(this ClaimWorld world, DomainClaim claim) =>
        world.Manager.ClaimAsync(ClaimReference.To(claim));

    public static async Task<ClaimStatus> StatusAsync(this ClaimWorld world, DomainClaim claim) => (await world.NowAsync(claim)).Status;

    /// <summary>Takes the record of an owner's challenge away.</summary>
    public static void Unpublish(this ClaimWorld world, DomainClaim claim)
    {
        var zone = world.Dns.Zone(Domain);
        zone.Remove(claim.Challenge.Record.Name + ".");
    }
}

internal sealed class ScriptedActivity : IHolderActivity
{
    public HolderActivity Activity { get; set; } = HolderActivity.Unknown;

    public Exception? Fault { get; set; }

    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
        Fault is null ? ValueTask.FromResult(Activity) : throw Fault;
}
