using System.Data.Common;
using System.Globalization;
using DomainVerification.EntityFrameworkCore;
using DomainVerification.StoreBenchmarks.Hosts;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Databases;

/// <summary>A fresh database with the tables of the store, on disk as in production.</summary>
internal abstract class BenchmarkDatabase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _hosts = [];

    public abstract string Name { get; }

    /// <summary>The statements that bring the planner's statistics and the files up to date.</summary>
    public abstract IReadOnlyList<string> Maintenance { get; }

    /// <summary>What asks for the plan of the statement behind it.</summary>
    public abstract string Explain { get; }

    /// <summary>An identifier made of the number <c>i</c>, with which it grows as those of the SDK grow with time.</summary>
    public abstract string IdOfNumber { get; }

    public abstract DbConnection CreateConnection();

    /// <summary>The SDK over the database, as a host has it.</summary>
    public ServiceProvider CreateHost(Action<DbContextOptionsBuilder>? configure = null) =>
        Keep(BenchmarkHost.Create(builder => UseStore(builder, configure)));

    /// <summary>The same with a DNS, and with what else it is given.</summary>
    public ServiceProvider CreateHostWithDns(Action<DomainVerificationBuilder> build) => Keep(BenchmarkHost.CreateWithDns(builder =>
    {
        UseStore(builder, null);
        build(builder);
    }));

    /// <summary>The processor time that the database takes outside this process.</summary>
    public abstract Task<ServerProcessor> GetProcessorAsync();

    /// <summary>Runs statements one after another, however long they take.</summary>
    public async Task ExecuteAsync(params IEnumerable<string> statements)
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The single value that a query answers with.</summary>
    public async Task<long> CountAsync(string query)
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    private ServiceProvider Keep(ServiceProvider host)
    {
        _hosts.Add(host);
        return host;
    }

    private void UseStore(DomainVerificationBuilder builder, Action<DbContextOptionsBuilder>? configure) =>
        builder.UseEntityFrameworkCoreStore(options =>
        {
            Configure(options);
            configure?.Invoke(options);
        });

    protected abstract void Configure(DbContextOptionsBuilder options);

    protected async Task CreateTablesAsync()
    {
        var options = new DbContextOptionsBuilder<DomainVerificationDbContext>();
        Configure(options);
        await using var context = new DomainVerificationDbContext(options.Options);
        await context.Database.EnsureCreatedAsync();
    }
}
