using DomainVerification.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Databases;

/// <summary>A fresh database with the tables of the store, and the SDK over it as a host has it.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _hosts = [];

    /// <summary>What a host writes to choose the database.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>A host of its own on the database, as another process would be.</summary>
    public ServiceProvider CreateHost(Action<DomainVerificationBuilder>? build = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        var builder = services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsResolver(new InMemoryDnsResolver(new DnsWorld()))
            .UseEntityFrameworkCoreStore(Configure);
        build?.Invoke(builder);
        var host = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _hosts.Add(host);
        return host;
    }

    /// <summary>A store of its own on the database.</summary>
    public IClaimStore CreateStore() => CreateHost().GetRequiredService<IClaimStore>();

    /// <summary>A context on the database.</summary>
    public DomainVerificationDbContext CreateContext()
    {
        var options = new DbContextOptionsBuilder<DomainVerificationDbContext>();
        Configure(options);
        return new DomainVerificationDbContext(options.Options);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await DeleteAsync();
    }

    protected abstract Task DeleteAsync();
}
