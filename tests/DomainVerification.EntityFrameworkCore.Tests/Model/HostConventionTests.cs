using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Model;

/// <summary>
/// A host whose context has conventions for its own columns. The store's own statements know its columns only as they are.
/// </summary>
public sealed class HostConventionTests
{
    [Fact]
    public async Task Store_SqliteHostHasConventions_KeepsItsColumns() =>
        await RoundTripAsync(await SqliteStoreDatabase.CreateAsync(), (database, options) => database.Configure(options));

    [PostgresFact]
    public async Task Store_PostgreSqlHostHasConventions_KeepsItsColumns() => await RoundTripAsync(
        await PostgresStoreDatabase.CreateAsync(),
        (database, options) => options.UseNpgsql(((PostgresStoreDatabase)database).ConnectionString + ";Timezone=America/New_York"));

    private static async Task RoundTripAsync(StoreDatabase database, Action<StoreDatabase, DbContextOptionsBuilder> configure)
    {
        await using var owned = database;
        var services = new ServiceCollection();
        services.AddDbContextPool<ConventionalContext>(options => configure(database, options));
        services.AddDomainVerification().UseEntityFrameworkCoreStore<ConventionalContext>();
        await using var provider = services.BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<ConventionalContext>();
            await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript());
        }

        var store = provider.GetRequiredService<IClaimStore>();
        var claim = Samples.Pending(1, "ann") with { Epoch = 1 };
        await store.CommitAsync(new ClaimCommit { Claims = [claim], Work = [Samples.Work(1, claim)] }, default);

        var found = await store.FindAsync(claim.Id, default);
        var work = Assert.Single(await store.LeaseWorkAsync(new LeaseRequest(Samples.Now, TimeSpan.FromMinutes(1), 1), default));

        Assert.Equal((claim.DueAt, claim.CreatedAt), (found!.DueAt, found.CreatedAt));
        Assert.Equal(claim.Challenge, found.Challenge);
        Assert.Equal((Samples.Work(1, claim).Id, Samples.Now), (work.Id, work.DueAt));
    }

    private sealed class ConventionalContext(DbContextOptions<ConventionalContext> options) : DbContext(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            configurationBuilder.Properties<string>().HaveMaxLength(20);
            configurationBuilder.Properties<Guid>().HaveConversion<string>();
            configurationBuilder.Properties<bool>().HaveConversion<string>();
            configurationBuilder.Properties<DateTime>().HaveConversion<long>();
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.AddDomainVerification(Database, tables => tables.TablePrefix = "dv_");
    }
}
