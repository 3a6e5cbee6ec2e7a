using DomainVerification.EntityFrameworkCore;
using DomainVerification.Kill.Host.Identities;
using DomainVerification.Kill.Host.Killing;
using DomainVerification.Kill.Host.Load;
using DomainVerification.Kill.Host.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Kill.Host;

/// <summary>Puts a process together: the SDK as any host registers it, with a step of the kill switch before and after each part.</summary>
internal static class HostSetup
{
    internal static IHost Build(HostArguments arguments, Reports reports)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddProvider(new FaultLoggerProvider(reports));
        builder.Services.AddSingleton(arguments);
        builder.Services.AddSingleton(reports);
        builder.Services.AddSingleton<KillSwitch>();
        builder.Services.AddSingleton<RandomLoad>();
        builder.Services.AddSingleton<ReviewLoad>();
        builder.Services.AddSingleton(new IdentityTable(arguments.Identities));
        builder.Services.AddSingleton(new NoticeTable(arguments.Identities));
        builder.Services.AddSingleton<TimeProvider>(new FastTimeProvider(arguments.Clock));
        AddSdk(builder.Services, arguments.Store);
        AddKillSwitch(builder.Services);
        return builder.Build();
    }

    /// <summary>The store alone, for whoever prepares or reads the database of claims.</summary>
    internal static ServiceProvider BuildStore(string connection)
    {
        var services = new ServiceCollection();
        UseStore(services.AddDomainVerification(), connection);
        return services.BuildServiceProvider();
    }

    private static void AddSdk(IServiceCollection services, string connection)
    {
        var builder = services
            .AddDomainVerification(options =>
            {
                options.MaximumPendingClaims = 0;
                options.ChallengeLifetime = TimeSpan.FromMinutes(2);
                options.ProofFreshness = TimeSpan.FromMinutes(5);
                options.OnProved = ProvedAction.Claim;
                options.Recheck.Start = RecheckStart.Immediately;
                options.Recheck.FirstDelay = TimeSpan.FromSeconds(5);
                options.Transfers.UndoWindow = TimeSpan.FromSeconds(30);
            })
            .ConfigureWorker(options =>
            {
                options.PollInterval = TimeSpan.FromSeconds(1);
                options.LeaseDuration = TimeSpan.FromSeconds(10);
                options.BatchSize = 8;
                options.Concurrency = 4;
            })
            .ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0)
            .UseDnsProofChecker<ProvingChecker>()
            .UseHolderActivity<HalfOfThemActive>()
            .AddIdentityProvisioner<MailProvisioner>(MailProvisioner.Name)
            .AddIdentityProvisioner<CertificateProvisioner>(CertificateProvisioner.Name)
            .AddClaimEventHandler<RecordingHandler>(RecordingHandler.Name);
        UseStore(builder, connection);
    }

    private static void UseStore(DomainVerificationBuilder builder, string connection) =>
        builder.UseEntityFrameworkCoreStore(options => options.UseNpgsql(connection));

    private static void AddKillSwitch(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IClaimStore));
        services.Remove(store);
        services.AddSingleton<IClaimStore>(provider => new KillingClaimStore(
            (IClaimStore)store.ImplementationFactory!(provider),
            provider.GetRequiredService<KillSwitch>(),
            provider.GetRequiredService<Reports>()));
    }
}
