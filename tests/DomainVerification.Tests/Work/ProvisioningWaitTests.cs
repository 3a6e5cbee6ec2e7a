using DomainVerification.Claims.Internal;
using DomainVerification.Testing;
using DomainVerification.Tests.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Work;

/// <summary>Waiting until the identities of a claim are made.</summary>
public class ProvisioningWaitTests
{
    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task Wait_WorkerSleepsForAnHour_WakesItAndIsDoneWithoutTheClockMoving()
    {
        using var host = Hosted();
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var ann = await HeldAsync(manager, "ann");

        var made = await manager.WaitForProvisioningAsync(ann, Patience).WaitAsync(RealDeadline);
        var bob = await HeldAsync(manager, "bob");
        var taken = await manager.WaitForProvisioningAsync(bob, Patience).WaitAsync(RealDeadline);

        Assert.Equal((ClaimResultStatus.Done, ClaimStatus.Claimed), (made.Status, made.RequireClaim().Status));
        Assert.Equal(["1", "2"], [.. made.Claim!.Identities.Select(one => one.Id), .. taken.RequireClaim().Identities.Select(one => one.Id)]);
        Assert.Equal(["provision ann 1", "release ann 1 [1]", "provision bob 2"], _provisioner.Log);
        await host.StopAsync();
    }

    [Fact]
    public async Task Wait_MadeAlready_IsUnchanged()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();

        var result = await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), TimeSpan.Zero);

        Assert.Equal((ClaimResultStatus.Unchanged, ClaimStatus.Claimed), (result.Status, result.RequireClaim().Status));
    }

    [Fact]
    public async Task Wait_NothingToMake_IsUnchanged()
    {
        await using var world = new ClaimWorld();
        var claim = await world.ClaimedAsync("ann", Domain);

        Assert.Equal(claim, (await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience)).RequireClaim());
    }

    [Fact]
    public async Task Wait_PatienceIsOver_IsPendingAndTheWorkGoesOn()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);

        var waiting = world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience);
        await AdvanceAsync(world, waiting, TimeSpan.FromSeconds(1));

        Assert.Equal(10, (world.Clock.GetUtcNow() - claim.ModifiedAt).TotalSeconds);
        var result = await waiting;
        Assert.Equal((ClaimResultStatus.Refused, Codes.ProvisioningPending), (result.Status, result.Error?.Code));
        Assert.Equal(claim, result.Claim);
        await world.WorkAsync();
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(claim)).Status);
    }

    [Fact]
    public async Task Wait_NoPatience_TellsHowItStands()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);

        var result = await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), TimeSpan.Zero);

        Assert.Equal(Codes.ProvisioningPending, result.Error?.Code);
    }

    [Fact]
    public async Task Wait_ProvisionerFailsForGood_EndsAtOnceWithItsCode()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(new DomainVerificationError("quota", "Too many.")));
        var claim = await world.ClaimedAsync("ann", Domain);
        var waiting = world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience);

        await world.WorkAsync();

        var result = await waiting.WaitAsync(RealDeadline);
        Assert.Equal((ClaimResultStatus.Refused, "quota"), (result.Status, result.Error?.Code));
        Assert.Equal("quota", (await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience)).Error?.Code);
    }

    [Fact]
    public async Task Wait_HoldingEndsMeanwhile_IsNotClaimed()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        var waiting = world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience);

        await world.Manager.UnclaimAsync(ClaimReference.To(claim));

        Assert.Equal(Codes.NotClaimed, (await waiting.WaitAsync(RealDeadline)).Error?.Code);
    }

    [Fact]
    public async Task Wait_NotHeldOrSomebodyElses_IsRefusedAtOnce()
    {
        await using var world = World();
        var claim = await world.VerifiedAsync("ann", Domain);

        var notHeld = await world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience);
        var foreign = await world.Manager.WaitForProvisioningAsync(ClaimReference.To("bob", claim.Id), Patience);

        Assert.Equal((ClaimResultStatus.Refused, Codes.NotClaimed), (notHeld.Status, notHeld.Error?.Code));
        Assert.Equal((ClaimResultStatus.NotFound, Codes.ClaimNotFound), (foreign.Status, foreign.Error?.Code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_AnotherProcessDoesTheWork_IsSeenAtTheNextLook(bool isFaulty)
    {
        await using var world = World(builder => builder.Services.AddSingleton<IClaimSignals>(new DeafSignals(isFaulty)));
        var claim = await world.ClaimedAsync("ann", Domain);
        var waiting = world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience);

        await world.WorkAsync();
        await AdvanceAsync(world, waiting, TimeSpan.FromMilliseconds(100));

        Assert.Equal(ClaimStatus.Claimed, (await waiting).RequireClaim().Status);
        Assert.InRange((world.Clock.GetUtcNow() - claim.ModifiedAt).TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task Wait_Cancelled_ThrowsAndListensNoMore()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        using var stop = new CancellationTokenSource();
        var waiting = world.Manager.WaitForProvisioningAsync(ClaimReference.To(claim), Patience, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(RealDeadline));
        Assert.Equal(0, ((InProcessClaimSignals)world.Get<IClaimSignals>()).Count);
        Assert.Equal(claim, await world.NowAsync(claim));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3_600_001)]
    public async Task Wait_PatienceOutOfRange_Throws(int milliseconds)
    {
        await using var world = World();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => world.Manager.WaitForProvisioningAsync(
            ClaimReference.To("ann", Domain), TimeSpan.FromMilliseconds(milliseconds)));
    }

    private static async Task<ClaimReference> HeldAsync(IDomainClaimManager manager, string owner)
    {
        var claim = ClaimReference.To((await manager.RequestAsync(new ClaimRequest(owner, Domain))).RequireClaim());
        Assert.Equal(ClaimStatus.Provisioning, (await manager.ConfirmAsync(claim)).RequireClaim().Status);
        return claim;
    }

    /// <summary>Moves the clock by steps until the wait is over.</summary>
    private static async Task AdvanceAsync(ClaimWorld world, Task waiting, TimeSpan step)
    {
        using var deadline = new CancellationTokenSource(RealDeadline);
        while (!waiting.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            if (world.Clock.UntilNextTimer is { } next)
            {
                world.Clock.Advance(next < step ? next : step);
            }

            await Task.Yield();
        }
    }

    private ClaimWorld World(Action<DomainVerificationBuilder>? build = null) => new(build: builder =>
    {
        build?.Invoke(builder);
        builder.UseScript().Use<IIdentityProvisioner>(_ => _provisioner);
    });

    private IHost Hosted()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        builder.Services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseScript()
            .Use<IIdentityProvisioner>(_ => _provisioner)
            .ConfigureWorker(options => options.PollInterval = TimeSpan.FromHours(1));
        return builder.Build();
    }

    /// <summary>Signals that do not reach this process, or that throw.</summary>
    private sealed class DeafSignals(bool isFaulty) : IClaimSignals, IClaimSubscription
    {
        public void Raise(IReadOnlyList<ClaimId> claims)
        {
        }

        public IClaimSubscription Subscribe(ClaimId claim) => this;

        public Task WaitAsync(CancellationToken cancellationToken) => isFaulty
            ? Task.FromException(new InvalidOperationException("The connection is gone."))
            : Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

        public void Dispose()
        {
        }
    }
}
