using DomainVerification.EntityFrameworkCore.Tests.Databases;
using DomainVerification.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>A host whose own context carries the tables.</summary>
internal sealed class HostDatabase : IAsyncDisposable
{
    private readonly StoreDatabase _database;
    private readonly ServiceProvider _services;

    private HostDatabase(StoreDatabase database, Action<IServiceCollection, Action<DbContextOptionsBuilder>> register)
    {
        _database = database;
        var services = new ServiceCollection();
        register(services, database.Configure);
        services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsResolver(new InMemoryDnsResolver(new DnsWorld()))
            .UseDnsProofChecker<AlwaysProved>()
            .UseEntityFrameworkCoreStore<HostContext>();
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IDomainClaimManager Manager => _services.GetRequiredService<IDomainClaimManager>();

    public IClaimStore Store => _services.GetRequiredService<IClaimStore>();

    public static async Task<HostDatabase> CreateAsync(
        StoreDatabase database,
        Action<IServiceCollection, Action<DbContextOptionsBuilder>>? register = null)
    {
        var host = new HostDatabase(
            database, register ?? ((services, configure) => services.AddDbContextPool<HostContext>(configure)));
        await using var scope = host.CreateScope();

        // The database has the ready context's tables already, so nothing is created unless the script is run.
        var context = scope.ServiceProvider.GetRequiredService<HostContext>();
        await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript());
        return host;
    }

    public AsyncServiceScope CreateScope() => _services.CreateAsyncScope();

    /// <summary>Takes an owner to a verified claim.</summary>
    public async Task<DomainClaim> VerifiedAsync(string owner, string domain)
    {
        var requested = await Manager.RequestAsync(new ClaimRequest(owner, domain));
        return (await Manager.VerifyAsync(ClaimReference.To(requested.RequireClaim()))).RequireClaim();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
