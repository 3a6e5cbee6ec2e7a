using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>The SDK and the platform's own health checks, on a manual clock and a DNS world that has the root.</summary>
internal sealed class HealthHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public HealthHost(
        Action<DomainVerificationHealthOptions>? health = null,
        Action<DomainVerificationBuilder>? build = null,
        HealthStatus? failureStatus = null,
        TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? Clock);
        services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        var builder = services.AddDomainVerification().UseDnsResolver(new InMemoryDnsResolver(RootWorld(), Clock));
        build?.Invoke(builder);
        services.AddHealthChecks().AddDomainVerification(failureStatus: failureStatus, configure: health);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ManualTimeProvider Clock { get; } = new();

    public LogLines Log { get; } = new();

    public IClaimStore Store => _services.GetRequiredService<IClaimStore>();

    public static DnsWorld RootWorld()
    {
        var world = new DnsWorld();
        world.Zone("health.example").Txt("health.example", "here");
        return world;
    }

    /// <summary>Puts a store in the place of the in-memory one.</summary>
    public static void Use(DomainVerificationBuilder builder, HangingStore store)
    {
        builder.Services.AddSingleton(store);
        builder.UseClaimStore<HangingStore>();
    }

    /// <summary>What the platform reports of the one check.</summary>
    public async Task<HealthReportEntry> LookAsync(CancellationToken cancellationToken = default) =>
        Assert.Single((await _services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken)).Entries).Value;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
