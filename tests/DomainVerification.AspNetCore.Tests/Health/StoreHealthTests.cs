using DomainVerification.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>Real databases that go away and come back.</summary>
public sealed class StoreHealthTests : IDisposable
{
    private static readonly Dictionary<string, string> _unreadable = new()
    {
        ["store"] = "store_unreachable",
        ["outbox"] = "outbox_unreadable",
        ["dead_letters"] = "dead_letters_unreadable",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-health-");

    [Fact]
    public async Task A_file_that_vanished_is_no_store_until_it_is_back()
    {
        var file = Path.Combine(_folder.FullName, "claims.db");
        await using var host = new HealthHost(build: builder => builder.UseEntityFrameworkCoreStore(
            options => options.UseSqlite($"Data Source={file};Pooling=False;Mode=ReadWrite")));
        await CreateAsync(options => options.UseSqlite($"Data Source={file};Pooling=False"));
        var before = await host.LookAsync();

        File.Move(file, file + ".gone");
        var gone = await host.LookAsync();
        var still = await host.LookAsync();
        File.Move(file + ".gone", file);
        var back = await host.LookAsync();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy), (before.Status, back.Status));
        AssertUnreadable(gone);
        AssertUnreadable(still);
        Assert.Equal((3, 3), (host.Log.Of("9100").Count, host.Log.Of("9101").Count));
    }

    [Fact]
    public async Task An_empty_database_is_no_store()
    {
        await using var host = new HealthHost(build: builder => builder.UseEntityFrameworkCoreStore(
            options => options.UseSqlite($"Data Source={Path.Combine(_folder.FullName, "empty.db")};Pooling=False")));

        AssertUnreadable(await host.LookAsync());
    }

    [PostgresFact]
    public async Task A_server_that_stopped_is_no_store()
    {
        // Ended in the middle of the test; with the process, where the test ends before.
        var server = await PostgresServer.StartAsync(durable: false);
        var database = await server.CreateDatabaseAsync();
        await CreateAsync(options => options.UseNpgsql(database));
        await using var host = new HealthHost(
            options => options.PartTimeout = TimeSpan.FromMinutes(1),
            builder => builder.UseEntityFrameworkCoreStore(options => options.UseNpgsql(database)));
        var before = await host.LookAsync();

        await server.DisposeAsync();
        var after = await host.LookAsync();

        Assert.Equal(HealthStatus.Healthy, before.Status);
        AssertUnreadable(after);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task CreateAsync(Action<DbContextOptionsBuilder> configure)
    {
        var options = new DbContextOptionsBuilder<DomainVerificationDbContext>();
        configure(options);
        await using var context = new DomainVerificationDbContext(options.Options);
        await context.Database.EnsureCreatedAsync();
    }

    private void AssertUnreadable(HealthReportEntry entry)
    {
        Assert.Equal((HealthStatus.Unhealthy, null), (entry.Status, entry.Exception));
        Assert.Equal("store_unreachable, outbox_unreadable, dead_letters_unreadable", entry.Description);
        Assert.All(_unreadable, part => Assert.Equal(part.Value, entry.Data[part.Key]));
        Assert.Equal("ok", entry.Data["resolvers"]);
        Assert.DoesNotContain(_folder.FullName, string.Join('|', entry.Data), StringComparison.Ordinal);
    }
}
