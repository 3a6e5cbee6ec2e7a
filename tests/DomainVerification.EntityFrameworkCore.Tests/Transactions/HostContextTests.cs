using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>The ways in which a host registers its context, and what happens where it forgot something.</summary>
public sealed class HostContextTests
{
    public static TheoryData<string> Registrations => ["scoped", "pool", "factory", "pooled factory"];

    [Theory]
    [MemberData(nameof(Registrations))]
    public async Task Store_ContextRegisteredInAnyWay_Works(string registration)
    {
        await using var host = await HostDatabase.CreateAsync(
            await SqliteStoreDatabase.CreateAsync(),
            (services, configure) => _ = registration switch
            {
                "scoped" => services.AddDbContext<HostContext>(configure),
                "pool" => services.AddDbContextPool<HostContext>(configure),
                "factory" => services.AddDbContextFactory<HostContext>(configure),
                _ => services.AddPooledDbContextFactory<HostContext>(configure),
            });

        var claim = await host.VerifiedAsync("ann", "acme.example");

        Assert.Equal(2, (await host.Store.FindAsync(claim.Id, default))!.Version);
    }

    [Fact]
    public async Task Start_TablesNotInTheModel_SaysWhatToCall()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddDbContext<ForgetfulContext>(options => options.UseSqlite("Data Source=:memory:"));
        builder.Services.AddDomainVerification().UseEntityFrameworkCoreStore<ForgetfulContext>();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Equal(
            "The model of ForgetfulContext lacks the tables of DomainVerification. "
            + "Call modelBuilder.AddDomainVerification(Database) in its OnModelCreating.",
            error.Message);
    }

    [Fact]
    public void UseEntityFrameworkCoreStore_CalledTwice_RegistersOneStoreForAll()
    {
        var services = new ServiceCollection();
        services.AddDbContext<HostContext>(options => options.UseSqlite("Data Source=:memory:"));
        services.AddDomainVerification().UseEntityFrameworkCoreStore<HostContext>().UseEntityFrameworkCoreStore<HostContext>();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IClaimStore>(), provider.GetRequiredService<IIdempotencyStore>());
        Assert.Same(provider.GetRequiredService<IClaimStore>(), provider.GetRequiredService<IHoldingStore>());
        Assert.Single(services, service => service.ServiceType == typeof(IClaimStore));
        Assert.Single(provider.GetServices<IHostedService>(), service => service.GetType().Name.StartsWith("StoreStartup", StringComparison.Ordinal));
    }

    private sealed class ForgetfulContext(DbContextOptions<ForgetfulContext> options) : DbContext(options);
}
