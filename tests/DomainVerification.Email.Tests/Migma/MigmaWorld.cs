using DomainVerification.EntityFrameworkCore;
using DomainVerification.Testing;
using DomainVerification.Work.Internal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.Email.Tests.Migma;

/// <summary>
/// A host that does what Migma documents: claims of registrable domains proved at <c>_migma</c>, two sending identities for a holder, active senders
/// reviewed. On a durable store, a clock of its own and DNS in memory; the worker is run by hand.
/// </summary>
internal sealed class MigmaWorld : IAsyncDisposable
{
    public static readonly ClaimActor Reviewer = ClaimActor.User("reviewer");

    private readonly string _database = Path.Combine(Path.GetTempPath(), $"migma-{Guid.NewGuid():N}.db");
    private readonly IHost _host;

    private MigmaWorld()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Sending);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services
            .AddDomainVerification(options =>
            {
                options.Provider = "migma";
                options.RecordLabel = "_migma";
                options.Subject = ClaimSubject.RegistrableDomain;
            })
            .UseEntityFrameworkCoreStore(options => options.UseSqlite($"Data Source={_database};Pooling=False"))
            .UseDnsResolver(new InMemoryDnsResolver(Dns, Clock))
            .UseHolderActivity<SendingTenants>()
            .AddEmailIdentities(options =>
            {
                options.Regions.Add(new EmailRegion { Id = "us-east-1", Name = "US East (N. Virginia)" });
                options.Regions.Add(new EmailRegion { Id = "eu-west-1", Name = "Europe (Ireland)" });
                options.MailFromMx = "feedback-smtp.{region}.migma.email";
                options.MailFromSpf = "v=spf1 include:_spf.migma.email ~all";
            })
            .ConfigureWorker(options => options.Enabled = false);
        _host = builder.Build();
        Dns.Zone("acme.com");
    }

    public ManualTimeProvider Clock { get; } = new();

    public DnsWorld Dns { get; } = new();

    public SendingTenantsList Sending { get; } = new();

    public IDomainClaimManager Claims => _host.Services.GetRequiredService<IDomainClaimManager>();

    public ISendingIdentities Identities => _host.Services.GetRequiredService<ISendingIdentities>();

    public ITransferReviews Reviews => _host.Services.GetRequiredService<ITransferReviews>();

    public static async Task<MigmaWorld> StartAsync()
    {
        var world = new MigmaWorld();
        var contexts = world._host.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>();
        await using (var context = await contexts.CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        await world._host.StartAsync();
        return world;
    }

    /// <summary>The initiate call.</summary>
    public Task<ClaimResult> InitiateAsync(string tenant, string domain = "acme.com") =>
        Claims.RequestAsync(new ClaimRequest(tenant, domain));

    public void Publish(ClaimResult initiated) =>
        Dns.Zone("acme.com").Txt(initiated.Instructions!.RecordName + ".", initiated.Instructions.RecordValue);

    /// <summary>The confirm call.</summary>
    public Task<ClaimResult> ConfirmAsync(string tenant, string domain = "acme.com") =>
        Claims.ConfirmAsync(ClaimReference.To(tenant, domain));

    /// <summary>Takes a tenant through initiate, publish and confirm, and lets the worker make its identities.</summary>
    public async Task<DomainClaim> HoldAsync(string tenant)
    {
        Publish(await InitiateAsync(tenant));
        var claim = (await ConfirmAsync(tenant)).RequireClaim();
        await WorkAsync();
        return claim;
    }

    public async Task<IReadOnlyList<SendingIdentity>> IdentitiesAsync(string tenant) =>
        (await Identities.ListAsync(ClaimReference.To(tenant, "acme.com"))).Identities;

    public async Task<ClaimStatus> StatusAsync(string tenant) =>
        (await Claims.GetAsync(ClaimReference.To(tenant, "acme.com"))).Claim!.Status;

    /// <summary>Publishes every record that an identity needs.</summary>
    public void Publish(SendingIdentity identity)
    {
        var zone = Dns.Zone("acme.com");
        foreach (var record in identity.DnsRecords.Where(record => !record.IsOptional))
        {
            _ = record.Type == "MX"
                ? zone.Mx(record.Name + ".", (ushort)record.Priority!.Value, record.Value + ".")
                : zone.Txt(record.Name + ".", record.Value);
        }
    }

    /// <summary>Runs the worker's rounds until nothing is due.</summary>
    public async Task WorkAsync()
    {
        var outbox = _host.Services.GetRequiredService<OutboxDispatcher>();
        var claims = _host.Services.GetRequiredService<DueClaimProcessor>();
        while (await outbox.RunOnceAsync(default) + await claims.RunOnceAsync(default) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        File.Delete(_database);
    }

    private sealed class SendingTenants(SendingTenantsList list, TimeProvider time) : IHolderActivity
    {
        public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
            ValueTask.FromResult(list.Tenants.Contains(holder.Owner)
                ? new HolderActivity { LastUsedAt = time.GetUtcNow() }
                : HolderActivity.Unknown);
    }
}

/// <summary>The tenants that send mail now.</summary>
internal sealed class SendingTenantsList
{
    public HashSet<string> Tenants { get; } = [];
}
