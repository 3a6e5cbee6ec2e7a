using System.Diagnostics.Metrics;
using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Work;

/// <summary>What the worker does not try again by itself: it stays visible and holds up nothing.</summary>
public class DeadLetterTests
{
    private static readonly DomainVerificationError Quota = new("quota_exceeded", "No.");

    private readonly ScriptedProvisioner _provisioner = new();

    [Fact]
    public async Task Provision_FailedForGood_IsADeadLetterWithItsError()
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);

        await world.WorkAsync();

        var dead = await world.DeadLetterAsync();
        Assert.Equal((ClaimWorkKind.Provision, claim.Id, 1L), (dead.Kind, dead.ClaimId, dead.Epoch));
        Assert.Equal((Quota, 1, world.Clock.GetUtcNow()), (dead.LastError, dead.Attempts, dead.DeadAt));
        Assert.Equal(_provisioner.Calls.Single().Operation, dead.Id);
        Assert.Equal(Quota, (await world.NowAsync(claim)).ProvisioningError);
        Assert.Equal("requested verified claimed provisioning_failed", await world.TrailAsync(claim));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud800')]
    public async Task Provision_FailedWithACodeThatIsNoText_IsADeadLetterThatEveryStoreCanKeep(char letter)
    {
        var code = $"quota{letter}exceeded";
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(new DomainVerificationError(code, "No.")));
        var claim = await world.ClaimedAsync("ann", Domain);

        await world.WorkAsync();

        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, (await world.DeadLetterAsync()).LastError?.Code);
        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, (await world.NowAsync(claim)).ProvisioningError?.Code);
    }

    [Theory]
    [InlineData("no answer")]
    [InlineData("no list")]
    [InlineData("no identity")]
    [InlineData("no id")]
    [InlineData("no text")]
    public async Task Provision_AnswerThatNoStoreCanKeep_IsTriedAgainAndThenADeadLetter(string answer)
    {
        await using var world = World(2);
        _provisioner.OnProvision = (_, _) => Task.FromResult(answer switch
        {
            "no answer" => null!,
            "no list" => ProvisionResult.Done((IReadOnlyList<ProvisionedIdentity>)null!),
            "no identity" => ProvisionResult.Done([null!]),
            "no id" => ProvisionResult.Done(new ProvisionedIdentity { Id = null!, Kind = "marketing" }),
            _ => ProvisionResult.Done(new ProvisionedIdentity { Id = "1\0", Kind = "marketing" }),
        });
        var claim = await world.ClaimedAsync("ann", Domain);

        await TryAsync(world, 2);

        Assert.Equal(2, _provisioner.Calls.Count);
        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, (await world.DeadLetterAsync()).LastError?.Code);
        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, (await world.NowAsync(claim)).ProvisioningError?.Code);
    }

    [Fact]
    public async Task Release_FailedForGood_IsADeadLetterAndTheNextHolderGoesOn()
    {
        await using var world = World();
        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var ann = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        var bob = await world.ClaimedAsync("bob", Domain);

        await world.WorkAsync();

        var dead = await world.DeadLetterAsync();
        Assert.Equal((ClaimWorkKind.Release, ann.Id, 1L, Quota), (dead.Kind, dead.ClaimId, dead.Epoch, dead.LastError));
        Assert.Equal("1", Assert.Single(dead.Identities).Id);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
        Assert.Single((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Provision_TriesUsedUp_IsADeadLetter(int tries)
    {
        await using var world = World(tries);
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy));
        var claim = await world.ClaimedAsync("ann", Domain);

        await TryAsync(world, tries - 1);
        Assert.Empty((await world.Get<IOutbox>().ListAsync(new WorkQuery { IsDead = true })).Work);
        await TryAsync(world, 1);

        var dead = await world.DeadLetterAsync();
        Assert.Equal((tries, ScriptedProvisioner.Busy), (dead.Attempts, dead.LastError));
        Assert.Equal(ScriptedProvisioner.Busy, (await world.NowAsync(claim)).ProvisioningError);
        await TryAsync(world, 5);
        Assert.Equal(tries, _provisioner.Calls.Count);
    }

    [Fact]
    public async Task Release_TriesUsedUpByExceptions_IsADeadLetterAndTheNextHolderGoesOn()
    {
        await using var world = World(2);
        await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        _provisioner.OnRelease = (_, _) => throw new InvalidOperationException("Broken.");
        var bob = await world.ClaimedAsync("bob", Domain);

        await TryAsync(world, 2);

        Assert.Equal(DomainVerificationErrorCodes.ProvisionerFaulted, (await world.DeadLetterAsync()).LastError?.Code);
        Assert.Equal(ClaimStatus.Claimed, (await world.NowAsync(bob)).Status);
    }

    [Fact]
    public async Task Provision_DefaultTries_TakeAsLongAsTheDocumentsSay()
    {
        await using var world = World(new DomainVerificationWorkerOptions().MaximumAttempts);
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.RetryLater(ScriptedProvisioner.Busy));
        await world.ClaimedAsync("ann", Domain);
        var from = world.Clock.GetUtcNow();

        await world.WorkAsync();
        while ((await world.Get<IOutbox>().ListAsync(new WorkQuery { IsDead = false })).Work is [var waiting])
        {
            world.Clock.Advance(waiting.DueAt - world.Clock.GetUtcNow());
            await world.WorkAsync();
        }

        Assert.Equal(50, _provisioner.Calls.Count);
        Assert.Equal(new TimeSpan(41, 25, 10), world.Clock.GetUtcNow() - from);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Provision_FailsAfterItsHoldingEnded_IsFinishedAndNoDeadLetter(bool runsOut)
    {
        await using var world = World(1);
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnProvision = async (_, token) =>
        {
            await world.Manager.UnclaimAsync(ClaimReference.To(claim), null, token);
            return runsOut ? ProvisionResult.RetryLater(ScriptedProvisioner.Busy) : ProvisionResult.Failed(Quota);
        };

        await world.WorkAsync();

        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
        Assert.Equal("requested verified claimed unclaimed", await world.TrailAsync(claim));
    }

    [Theory]
    [InlineData("claim")]
    [InlineData("unclaim")]
    [InlineData("takeover")]
    public async Task Provision_OwnerAsksAgainOrTheHoldingEnds_ItsDeadLetterIsGone(string call)
    {
        await using var world = World();
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        var elsewhere = await world.ClaimedAsync("ann", "other.example");
        await world.WorkAsync();

        await (call switch
        {
            "claim" => world.Manager.ClaimAsync(ClaimReference.To(claim)),
            "unclaim" => world.Manager.UnclaimAsync(ClaimReference.To(claim)),
            _ => (Task)world.ClaimedAsync("bob", Domain),
        });

        Assert.Equal(elsewhere.Id, (await world.DeadLetterAsync()).ClaimId);
    }

    [Fact]
    public async Task Provision_OwnerAsksAgain_KeepsTheDeadReleaseOfAnEarlierHolding()
    {
        await using var world = World();
        _provisioner.OnRelease = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);
        await world.WorkAsync();
        await world.Manager.UnclaimAsync(ClaimReference.To(claim));
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        await world.Manager.ClaimAsync(ClaimReference.To(claim));
        await world.WorkAsync();
        Assert.Equal(2, (await world.Get<IOutbox>().ListAsync(new WorkQuery { IsDead = true })).Work.Count);

        await world.Manager.ClaimAsync(ClaimReference.To(claim));

        Assert.Equal(ClaimWorkKind.Release, (await world.DeadLetterAsync()).Kind);
    }

    [Fact]
    public async Task Provision_DoneAfterAnotherWorkerSawItFail_CountsAsDone()
    {
        await using var world = World();
        var claim = await world.ClaimedAsync("ann", Domain);
        _provisioner.OnProvision = async (_, _) =>
        {
            // The lease ended while this try ran, and the other worker's try failed.
            _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
            var lease = new LeaseRequest(world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), 1);
            var again = Assert.Single(await world.Store.LeaseWorkAsync(lease, default));
            await world.Get<OutboxDispatcher>().DoAsync(again, lease.Now + lease.Duration, 50, default);
            await world.DeadLetterAsync();
            return ProvisionResult.Done(new ProvisionedIdentity { Id = "1", Kind = "marketing" });
        };

        await world.WorkAsync();

        var now = await world.NowAsync(claim);
        Assert.Equal((ClaimStatus.Claimed, null, 1), (now.Status, now.ProvisioningError, now.Identities.Count));
        Assert.Empty((await world.Get<IOutbox>().ListAsync()).Work);
    }

    [Fact]
    public async Task DeadLetter_New_IsLoggedAndCounted()
    {
        var logger = Substitute.For<ILogger>();
        logger.IsEnabled(Arg.Any<LogLevel>()).Returns(true);
        var provider = Substitute.For<ILoggerProvider>();
        provider.CreateLogger(Arg.Any<string>()).Returns(logger);
        var counted = new List<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "domainverification.work.dead_letters")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        var counting = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Other tests make dead letters at the same time.
            if (counting.Value)
            {
                lock (counted)
                {
                    counted.Add(tags[0].Value as string);
                }
            }
        });
        listener.Start();
        await using var world = World(build: builder => builder.Services.AddLogging(logging => logging.AddProvider(provider)));
        _provisioner.OnProvision = (_, _) => Task.FromResult(ProvisionResult.Failed(Quota));
        var claim = await world.ClaimedAsync("ann", Domain);

        await world.WorkAsync();

        Assert.Equal(["Provision"], counted);
        var error = Assert.Single(
            logger.ReceivedCalls().Select(call => call.GetArguments()),
            arguments => arguments.Length > 2 && arguments[0] is LogLevel.Error);
        Assert.Equal(4003, ((EventId)error[1]!).Id);
        Assert.Contains(claim.Id.ToString(), error[2]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("quota_exceeded", error[2]!.ToString(), StringComparison.Ordinal);
    }

    private static async Task TryAsync(ClaimWorld world, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await world.WorkAsync();
            world.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private ClaimWorld World(int? tries = null, Action<DomainVerificationBuilder>? build = null) => new(build: builder =>
    {
        builder.Use<IIdentityProvisioner>(_ => _provisioner);
        builder.ConfigureWorker(options => options.MaximumAttempts = tries ?? options.MaximumAttempts);
        build?.Invoke(builder);
    });
}
