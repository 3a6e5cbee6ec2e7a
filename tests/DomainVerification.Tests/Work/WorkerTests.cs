using DomainVerification.Testing;
using DomainVerification.Tests.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSubstitute;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

public class WorkerTests
{
    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Outbox_OneClaimCannotBeRead_OthersAreProvisioned()
    {
        var store = new FaultyStore();
        await using var world = new ClaimWorld(build: builder => builder
            .Use<IClaimStore>(_ => store)
            .Use<IIdentityProvisioner>(_ => new ScriptedProvisioner()));
        for (var i = 0; i < 10; i++)
        {
            await world.ClaimedAsync("ann", $"name-{i}.example");
        }

        var claims = (await world.Manager.ListAsync("ann")).Claims;
        store.Unreadable = claims[3].Id;
        await world.WorkAsync();

        Assert.Equal(9, (await world.Manager.ListAsync("ann")).Claims.Count(claim => claim.Status == ClaimStatus.Claimed));
        store.Unreadable = null;
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.WorkAsync();
        Assert.All((await world.Manager.ListAsync("ann")).Claims, claim => Assert.Equal(ClaimStatus.Claimed, claim.Status));
    }

    [Fact]
    public async Task Worker_InAHost_VerifiesClaimsAndProvisionsByItself()
    {
        var provisioner = new ScriptedProvisioner();
        using var host = Hosted(builder => builder.UseScript().Use<IIdentityProvisioner>(_ => provisioner));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();

        await RunAsync(host, TimeSpan.FromMinutes(2));

        var now = (await manager.GetAsync(ClaimReference.To(claim))).RequireClaim();
        Assert.Equal((ClaimStatus.Claimed, "1"), (now.Status, Assert.Single(now.Identities).Id));
        Assert.Equal(
            ["requested", "verified", "claimed", "provisioned"],
            (await manager.ListEventsAsync(ClaimReference.To(claim))).Select(entry => entry.Type));
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_Disabled_DoesNothing()
    {
        using var host = Hosted(builder => builder.UseScript().ConfigureWorker(options => options.Enabled = false));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();

        await RunAsync(host, TimeSpan.FromMinutes(10));

        Assert.Equal(claim, (await manager.GetAsync(ClaimReference.To(claim))).Claim);
        Assert.Empty(((ScriptedProofChecker)host.Services.GetRequiredService<IDnsProofChecker>()).Looks);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_StoreOutage_GoesOnAfterwards()
    {
        var store = new FaultyStore { DueClaimsFail = true, WorkFails = true };
        using var host = Hosted(builder => builder.UseScript().Use<IClaimStore>(_ => store));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();
        await RunAsync(host, TimeSpan.FromMinutes(2));
        Assert.Equal(ClaimStatus.Pending, (await manager.GetAsync(ClaimReference.To(claim))).Claim!.Status);

        store.DueClaimsFail = store.WorkFails = false;
        await RunAsync(host, Poll);

        Assert.Equal(ClaimStatus.Claimed, (await manager.GetAsync(ClaimReference.To(claim))).Claim!.Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_OutboxCannotBeRead_ClaimsAreCheckedAllTheSame()
    {
        var store = new FaultyStore { WorkFails = true };
        using var host = Hosted(builder => builder.UseScript().Use<IClaimStore>(_ => store));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();

        await RunAsync(host, TimeSpan.FromMinutes(2));

        Assert.Equal(ClaimStatus.Claimed, (await manager.GetAsync(ClaimReference.To(claim))).Claim!.Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_DueClaimsCannotBeRead_AllWorkIsDoneInOneRound()
    {
        var store = new FaultyStore { DueClaimsFail = true };
        var provisioner = new ScriptedProvisioner();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        provisioner.OnProvision = (_, _) =>
        {
            if (provisioner.Calls.Count == 5)
            {
                last.SetResult();
            }

            return Task.FromResult(ProvisionResult.Done());
        };
        using var host = Hosted(builder => builder
            .UseScript()
            .ConfigureWorker(options => options.BatchSize = 1)
            .Use<IClaimStore>(_ => store)
            .Use<IIdentityProvisioner>(_ => provisioner));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var clock = host.Services.GetRequiredService<ManualTimeProvider>();
        await WaitForWorkerAsync(clock);
        for (var i = 0; i < 5; i++)
        {
            var claim = (await manager.RequestAsync(new ClaimRequest("ann", $"name-{i}.example"))).RequireClaim();
            await manager.ConfirmAsync(ClaimReference.To(claim));
        }

        clock.Advance(Poll);

        await last.Task.WaitAsync(RealDeadline);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_ReloadedOptionsAreBad_GoesOnWhenTheyAreMended()
    {
        var options = Substitute.For<IOptionsMonitor<DomainVerificationWorkerOptions>>();
        var broken = true;
        options.CurrentValue.Returns(_ => broken
            ? throw new OptionsValidationException("", typeof(DomainVerificationWorkerOptions), ["PollInterval is too short."])
            : new DomainVerificationWorkerOptions());
        using var host = Hosted(builder => builder.UseScript().Use<IOptionsMonitor<DomainVerificationWorkerOptions>>(_ => options));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();
        await RunAsync(host, TimeSpan.FromMinutes(2));

        broken = false;
        await RunAsync(host, Poll);

        Assert.Equal(ClaimStatus.Claimed, (await manager.GetAsync(ClaimReference.To(claim))).Claim!.Status);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_MoreIsDueThanABatch_DoesItInOneRound()
    {
        using var host = Hosted(builder => builder.UseScript().ConfigureWorker(options => options.BatchSize = 3));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        for (var i = 0; i < 20; i++)
        {
            await manager.RequestAsync(new ClaimRequest("ann", $"name-{i}.example"));
        }

        await RunAsync(host, TimeSpan.FromMinutes(1));

        Assert.All((await manager.ListAsync("ann")).Claims, claim => Assert.Equal(ClaimStatus.Claimed, claim.Status));
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_QueueOfOneDomain_IsDoneInOneRound()
    {
        var provisioner = new ScriptedProvisioner();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        provisioner.OnRelease = (_, _) =>
        {
            if (provisioner.Calls.Count(call => call.What.StartsWith("release", StringComparison.Ordinal)) == 3)
            {
                last.SetResult();
            }

            return Task.FromResult(ProvisionResult.Done());
        };
        using var host = Hosted(builder => builder.UseScript().Use<IIdentityProvisioner>(_ => provisioner));
        await host.StartAsync();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var clock = host.Services.GetRequiredService<ManualTimeProvider>();
        await WaitForWorkerAsync(clock);
        var claim = ClaimReference.To((await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim());
        for (var i = 0; i < 3; i++)
        {
            await manager.ConfirmAsync(claim);
            await manager.UnclaimAsync(claim);
        }

        clock.Advance(Poll);

        await last.Task.WaitAsync(RealDeadline);
        await host.StopAsync();
    }

    [Fact]
    public async Task Worker_HostStopsDuringALook_StopsPromptlyAndTheNextHostLooksAtOnce()
    {
        using var host = Hosted(builder => builder.UseScript());
        var script = (ScriptedProofChecker)host.Services.GetRequiredService<IDnsProofChecker>();
        var looking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        script.Before = (_, token) =>
        {
            looking.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await host.StartAsync();
        var clock = host.Services.GetRequiredService<ManualTimeProvider>();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var claim = (await manager.RequestAsync(new ClaimRequest("ann", Domain))).RequireClaim();
        await WaitForWorkerAsync(clock);
        clock.Advance(TimeSpan.FromMinutes(1));
        await looking.Task.WaitAsync(RealDeadline);

        await host.StopAsync().WaitAsync(RealDeadline);

        var left = (await manager.GetAsync(ClaimReference.To(claim))).RequireClaim();
        Assert.Equal(claim with { Version = 2 }, left);
        var store = host.Services.GetRequiredService<IClaimStore>();
        var due = await store.LeaseDueClaimsAsync(new LeaseRequest(clock.GetUtcNow(), TimeSpan.FromMinutes(5), 10), CancellationToken.None);
        Assert.Equal([left], due);
    }

    [Fact]
    public async Task Worker_HostStopsDuringProvisioning_TheNextHostDoesTheWorkAtOnce()
    {
        var provisioner = new ScriptedProvisioner();
        var provisioning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        provisioner.OnProvision = async (_, token) =>
        {
            provisioning.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return ProvisionResult.Done();
        };

        // One at a time, so that two pieces of work of the batch are leased and never begun.
        using var host = Hosted(builder => builder
            .UseScript()
            .ConfigureWorker(options => options.Concurrency = 1)
            .Use<IIdentityProvisioner>(_ => provisioner));
        await host.StartAsync();
        var clock = host.Services.GetRequiredService<ManualTimeProvider>();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        await WaitForWorkerAsync(clock);
        for (var i = 0; i < 3; i++)
        {
            var claim = (await manager.RequestAsync(new ClaimRequest("ann", $"name-{i}.example"))).RequireClaim();
            await manager.ConfirmAsync(ClaimReference.To(claim));
        }

        clock.Advance(Poll);
        await provisioning.Task.WaitAsync(RealDeadline);

        await host.StopAsync().WaitAsync(RealDeadline);

        var store = host.Services.GetRequiredService<IClaimStore>();
        var now = clock.GetUtcNow();
        var work = await store.LeaseWorkAsync(new LeaseRequest(now, TimeSpan.FromMinutes(5), 10), CancellationToken.None);
        Assert.Equal(3, work.Count(item => item.Kind == ClaimWorkKind.Provision));
        Assert.All(work, item => Assert.True(item.DueAt <= now));
    }

    /// <summary>A host whose claims are looked at and claimed as soon as possible.</summary>
    private static IHost Hosted(Action<DomainVerificationBuilder> build)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var clock = new ManualTimeProvider();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<TimeProvider>(clock);
        build(builder.Services.AddDomainVerification(options =>
        {
            options.AllowUnlistedSuffixes = true;
            options.Recheck.Start = RecheckStart.Immediately;
            options.OnProved = ProvedAction.Claim;
        }));
        return builder.Build();
    }

    /// <summary>Moves the clock from round to round of the worker.</summary>
    private static async Task RunAsync(IHost host, TimeSpan time)
    {
        var clock = host.Services.GetRequiredService<ManualTimeProvider>();
        for (var passed = TimeSpan.Zero; passed < time; passed += Poll)
        {
            await WaitForWorkerAsync(clock);
            clock.Advance(Poll);
        }

        await WaitForWorkerAsync(clock);
    }

    /// <summary>The worker sleeps again: the next timer is that of its pause, and not that of a lease under which it still works.</summary>
    private static async Task WaitForWorkerAsync(ManualTimeProvider clock)
    {
        using var deadline = new CancellationTokenSource(RealDeadline);
        await clock.WaitForTimersAsync(1, deadline.Token);
        while (clock.UntilNextTimer is not { } next || next > Poll)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
