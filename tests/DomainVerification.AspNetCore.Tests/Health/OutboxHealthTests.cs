using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>Work that waits, is late, or is dead, in the in-memory store and in a database.</summary>
public sealed class OutboxHealthTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-health-");

    public static TheoryData<StoreKind> Stores() => [StoreKind.Memory, StoreKind.Sqlite];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_may_be_late_for_so_long_and_no_longer(StoreKind store)
    {
        await using var host = await StartAsync(store);
        await AddAsync(host, 1, TimeSpan.Zero);

        host.Clock.Advance(_limit);
        var atTheLimit = await host.LookAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = await host.LookAsync();

        Assert.Equal((HealthStatus.Healthy, "ok"), (atTheLimit.Status, atTheLimit.Data["outbox"]));
        Assert.Equal(
            (HealthStatus.Degraded, "outbox_stuck", 930L), (late.Status, late.Data["outbox"], late.Data["outbox.overdue_seconds"]));
        Assert.Equal("outbox_stuck", late.Description);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Work_whose_next_try_is_to_come_is_not_late(StoreKind store)
    {
        await using var host = await StartAsync(store);
        await AddAsync(host, 1, TimeSpan.FromHours(2));

        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("ok", (await host.LookAsync()).Data["outbox"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Late_work_is_found_behind_work_that_is_tried_later(StoreKind store)
    {
        await using var host = await StartAsync(store);
        await AddAsync(host, 250, TimeSpan.FromHours(2));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(host, 1, TimeSpan.FromMinutes(1));
        await AddAsync(host, 1, TimeSpan.Zero);

        host.Clock.Advance(TimeSpan.FromHours(1));
        var entry = await host.LookAsync();

        Assert.Equal(("outbox_stuck", 3600L), (entry.Data["outbox"], entry.Data["outbox.overdue_seconds"]));
    }

    [Theory]
    [InlineData(1000, "ok")]
    [InlineData(1001, "outbox_backlog")]
    public async Task So_much_that_is_tried_again_and_again_is_trouble_too(int count, string code)
    {
        await using var host = await StartAsync(StoreKind.Memory);
        await AddAsync(host, count, TimeSpan.FromHours(2));

        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(code, (await host.LookAsync()).Data["outbox"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Much_young_work_is_no_trouble(StoreKind store)
    {
        await using var host = await StartAsync(store);
        await AddAsync(host, 1100, TimeSpan.Zero);

        Assert.Equal("ok", (await host.LookAsync()).Data["outbox"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Dead_letters_wait_for_somebody_and_are_not_late(StoreKind store)
    {
        await using var host = await StartAsync(store, allowed: 2);
        await AddAsync(host, 2, TimeSpan.Zero, dead: true);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var allowed = await host.LookAsync();

        await AddAsync(host, 1, TimeSpan.Zero, dead: true);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var waiting = await host.LookAsync();

        Assert.Equal((HealthStatus.Healthy, "ok", 2L), Dead(allowed));
        Assert.Equal((HealthStatus.Degraded, "dead_letters_waiting", 3L), Dead(waiting));
        Assert.Equal(("ok", "ok"), (allowed.Data["outbox"], waiting.Data["outbox"]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (HealthStatus, object, object) Dead(HealthReportEntry entry) =>
        (entry.Status, entry.Data["dead_letters"], entry.Data["dead_letters.counted"]);

    private async Task<HealthHost> StartAsync(StoreKind store, int allowed = 0)
    {
        var file = $"Data Source={Path.Combine(_folder.FullName, "claims.db")};Pooling=False";
        if (store == StoreKind.Sqlite)
        {
            await using var context = new DomainVerificationDbContext(
                new DbContextOptionsBuilder<DomainVerificationDbContext>().UseSqlite(file).Options);
            await context.Database.EnsureCreatedAsync();
        }

        return new HealthHost(
            options =>
            {
                options.MaximumDeadLetters = allowed;
                options.Parts = DomainVerificationHealthParts.Outbox | DomainVerificationHealthParts.DeadLetters;
            },
            builder =>
            {
                if (store == StoreKind.Sqlite)
                {
                    builder.UseEntityFrameworkCoreStore(options => options.UseSqlite(file));
                }
            });
    }

    /// <summary>Commits work as moves of claims do, each in a queue of its own, and settles it where it is to be dead.</summary>
    private static async Task AddAsync(HealthHost host, int count, TimeSpan pause, bool dead = false)
    {
        var now = host.Clock.GetUtcNow();
        var work = Enumerable.Range(0, count).Select(_ => new ClaimWork
        {
            Id = Guid.NewGuid(),
            Kind = ClaimWorkKind.Provision,
            ClaimId = ClaimId.New(host.Clock),
            Profile = string.Empty,
            Owner = "ann",
            Domain = DomainName.Parse($"d{Guid.NewGuid():N}.example"),
            Epoch = 1,
            CreatedAt = now,
            DueAt = now + pause,
        }).ToList();
        Assert.Equal(ClaimCommitStatus.Committed, await host.Store.CommitAsync(new ClaimCommit { Work = work }, default));
        if (dead)
        {
            var settled = new ClaimCommit { Settled = [.. work.Select(item => new SettledWork(item.Id, DeadAt: now))] };
            Assert.Equal(ClaimCommitStatus.Committed, await host.Store.CommitAsync(settled, default));
        }
    }
}
