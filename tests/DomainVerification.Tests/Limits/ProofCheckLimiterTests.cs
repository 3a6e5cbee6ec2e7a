using DomainVerification.Limits.Internal;
using DomainVerification.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace DomainVerification.Tests.Limits;

/// <summary>How checks are counted, on a manual clock.</summary>
public class ProofCheckLimiterTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Owner_BurstUsedUp_GetsOneBackEachShareOfTheWindow()
    {
        var limiter = Limiter(owner: 3);

        Assert.Equal([true, true, true, false], await AskAsync(limiter, 4, "ann"));
        _clock.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), (await AskAsync(limiter, "ann", "b.example")).RetryAfter);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([true, false], await AskAsync(limiter, 2, "ann"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([true, true, true, false], await AskAsync(limiter, 4, "ann"));
    }

    [Fact]
    public async Task Refused_Again_UsesNothingUp()
    {
        var limiter = Limiter(owner: 1);
        await AskAsync(limiter, "ann", "a.example");

        Assert.DoesNotContain(true, await AskAsync(limiter, 100, "ann"));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null((await AskAsync(limiter, "ann", "a.example")).RetryAfter);
    }

    [Fact]
    public async Task RefusedByOneLimit_TakesFromNoOther()
    {
        var limiter = Limiter(owner: 1, total: 2);
        await AskAsync(limiter, "ann", "a.example");

        Assert.DoesNotContain(true, await AskAsync(limiter, 10, "ann"));

        Assert.Null((await AskAsync(limiter, "bob", "a.example")).RetryAfter);
        Assert.NotNull((await AskAsync(limiter, "eve", "a.example")).RetryAfter);
    }

    [Fact]
    public async Task Owners_OfOneAnother_AreCountedApart()
    {
        var limiter = Limiter(owner: 2);

        Assert.Equal([true, true, false], await AskAsync(limiter, 3, "ann"));
        Assert.Equal([true, true, false], await AskAsync(limiter, 3, "Ann"));
    }

    [Fact]
    public async Task Domain_UsedUpByStrangers_LeavesEachOtherOwnerATurn()
    {
        var limiter = Limiter(domain: 2);

        Assert.Equal([true, true, false], await AskAsync(limiter, 3, "eve"));
        Assert.Equal([true, false], await AskAsync(limiter, 2, "ann"));
        Assert.Equal([true, false], await AskAsync(limiter, 2, "bob"));

        // The turns of others do not make anybody wait for longer than the window.
        var wait = (await AskAsync(limiter, "eve", "a.example")).RetryAfter;
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([true, true, false], await AskAsync(limiter, 3, "eve"));
    }

    [Fact]
    public async Task Domains_OfOneOwner_AreCountedApart()
    {
        var limiter = Limiter(domain: 1);

        Assert.Null((await AskAsync(limiter, "ann", "a.example")).RetryAfter);
        Assert.Null((await AskAsync(limiter, "ann", "b.example")).RetryAfter);
        Assert.NotNull((await AskAsync(limiter, "ann", "a.example")).RetryAfter);
    }

    [Fact]
    public async Task Total_UsedUp_RefusesEverybody()
    {
        var limiter = Limiter(total: 2);
        await AskAsync(limiter, "ann", "a.example");
        await AskAsync(limiter, "bob", "b.example");

        Assert.Equal(TimeSpan.FromSeconds(30), (await AskAsync(limiter, "eve", "c.example")).RetryAfter);
    }

    [Fact]
    public async Task NoLimits_AdmitsAllAndKeepsNothing()
    {
        var limiter = Limiter();

        Assert.DoesNotContain(false, await AskAsync(limiter, 10_000, "ann"));
        Assert.Equal(0, limiter.Count);
    }

    [Fact]
    public async Task Memory_ManyOwnersAndDomains_IsGivenBackAfterTheWindow()
    {
        var limiter = Limiter(domain: 10, owner: 30, total: 100_000);
        for (var i = 0; i < 1000; i++)
        {
            await AskAsync(limiter, $"owner-{i}", $"d{i}.example");
        }

        Assert.Equal(3001, limiter.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(limiter, "ann", "a.example");

        Assert.Equal(4, limiter.Count);
    }

    [Fact]
    public async Task Attempts_AtTheSameMoment_AreNotAdmittedBeyondTheLimit()
    {
        var limiter = Limiter(owner: 50);

        var admitted = await Concurrently.RunAsync(500, async _ => (await AskAsync(limiter, "ann", "a.example")).RetryAfter is null);

        Assert.Equal(50, admitted.Count(isAdmitted => isAdmitted));
    }

    [Fact]
    public void Refused_WithoutAWait_IsABugOfTheLimiter() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProofCheckAdmission.Refused(TimeSpan.Zero));

    private static async Task<List<bool>> AskAsync(ProofCheckLimiter limiter, int times, string owner)
    {
        var admitted = new List<bool>();
        for (var i = 0; i < times; i++)
        {
            admitted.Add((await AskAsync(limiter, owner, "a.example")).RetryAfter is null);
        }

        return admitted;
    }

    private static ValueTask<ProofCheckAdmission> AskAsync(ProofCheckLimiter limiter, string owner, string domain) => limiter.AdmitAsync(
        new ProofCheckAttempt
        {
            Profile = string.Empty,
            Owner = owner,
            Domain = DomainName.Parse(domain),
            ClaimId = default,
            Actor = ClaimActor.User(owner),
        },
        default);

    private ProofCheckLimiter Limiter(int domain = 0, int owner = 0, int total = 0) => new(
        MsOptions.Create(new CheckLimitOptions { PerDomain = domain, PerOwner = owner, Total = total }),
        _clock);
}
