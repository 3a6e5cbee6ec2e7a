using System.Diagnostics;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.LoadBenchmarks.Serving;

/// <summary>A host with the claim API and, behind the same authentication, an endpoint that does nothing: the yardstick.</summary>
internal static class LoadHost
{
    /// <summary>Serves until standard input ends. The first line that it writes is its address.</summary>
    public static async Task RunAsync(string database, string connection, string nameserver)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["DomainVerification:Dns:Servers:0"] = nameserver;
        builder.Services.AddAuthentication("key").AddScheme<AuthenticationSchemeOptions, KeyScheme>("key", null);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<TimeProvider>(new HurriedClock());
        builder.Services
            .AddDomainVerification(options =>
            {
                options.Provider = "contoso";
                options.AllowUnlistedSuffixes = true;
                options.MaximumPendingClaims = 0;
                options.ProofFreshness = TimeSpan.FromMinutes(1);
            })
            .ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0)
            .AddAspNetCore()
            .UseEntityFrameworkCoreStore(options => Use(options, database, connection));

        await using var app = builder.Build();
        await using (var context = await app.Services
            .GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/empty", () => TypedResults.Ok()).RequireAuthorization();
        app.MapGet("/reading", Read).RequireAuthorization();
        app.MapDomainVerification("/domains");
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static void Use(DbContextOptionsBuilder options, string database, string connection) =>
        _ = database == "postgres" ? options.UseNpgsql(connection) : options.UseSqlite(connection);

    private static JsonHttpResult<HostReading> Read()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return TypedResults.Json(new HostReading(process.TotalProcessorTime.TotalMilliseconds, heap, process.WorkingSet64));
    }
}
