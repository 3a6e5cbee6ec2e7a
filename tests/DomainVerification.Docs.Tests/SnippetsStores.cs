using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

/// <summary>What docs/stores.md shows.</summary>
public sealed class SnippetsStores
{
    [Fact]
    public void OwnContext_HostIsBuilt_HasTheDurableStore()
    {
        var builder = WebApplication.CreateBuilder();
        var connectionString = "Host=localhost";
        builder.Services
            .AddDomainVerification(options => options.Provider = "contoso")
            .UseEntityFrameworkCoreStore(options => options.UseNpgsql(connectionString));

        Assert.IsNotType<InMemoryClaimStore>(builder.Services.BuildServiceProvider().GetRequiredService<IClaimStore>());
    }

    [Fact]
    public async Task HostContext_HostRuns_ClaimsTogetherWithItsData()
    {
        var folder = Directory.CreateTempSubdirectory("dv-docs-");
        await using (var services = RegisterHost($"Data Source={Path.Combine(folder.FullName, "shop.db")};Pooling=False"))
        {
            await using var scope = services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<SqliteShopContext>();
            await context.Database.EnsureCreatedAsync();
            await ClaimAsync(context, services.GetRequiredService<IDomainClaimManager>(), "ann", "acme.example", default);

            Assert.Empty(await context.Set<Mailbox>().ToListAsync());
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void HostContext_PostgreSql_PutsTheTablesIntoItsSchema()
    {
        var builder = WebApplication.CreateBuilder();
        var connectionString = "Host=localhost";
        builder.Services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(connectionString));
        builder.Services.AddDomainVerification().UseEntityFrameworkCoreStore<ShopContext>();
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();

        var script = scope.ServiceProvider.GetRequiredService<ShopContext>().Database.GenerateCreateScript();

        Assert.Contains("CREATE TABLE claims.domain_verification_claims", script, StringComparison.Ordinal);
    }

    private static ServiceProvider RegisterHost(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddDbContext<SqliteShopContext>(options => options.UseSqlite(connectionString));
        services.AddDomainVerification().UseEntityFrameworkCoreStore<SqliteShopContext>();
        return services.BuildServiceProvider();
    }

    private static async Task ClaimAsync(
        DbContext context,
        IDomainClaimManager claims,
        string tenant,
        string domain,
        CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        using (ClaimTransaction.Enlist(context))
        {
            var claimed = await claims.ClaimAsync(ClaimReference.To(tenant, domain), cancellationToken: cancellationToken);
            if (claimed.Error is null)
            {
                context.Add(new Mailbox { Domain = domain });
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
    }

    public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.AddDomainVerification(Database, tables => tables.Schema = "claims");
    }

    public sealed class SqliteShopContext(DbContextOptions<SqliteShopContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Mailbox>();
            modelBuilder.AddDomainVerification(Database);
        }
    }

    public sealed class Mailbox
    {
        public int Id { get; set; }

        public string Domain { get; set; } = string.Empty;
    }
}
