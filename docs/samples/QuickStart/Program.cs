// The whole claim workflow in one process, on SQLite, against a real DNS server: an embedded one on loopback, or the one that you name.
//   dotnet run --project docs/samples/QuickStart
//   dotnet run --project docs/samples/QuickStart -- --domain example.com --server 192.0.2.53 --database claims.db
// Run it twice: the second run finds what the first one left.

using DomainVerification;
using DomainVerification.Email;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuickStart;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
var domain = builder.Configuration["domain"] ?? "acme.example";
var database = Path.GetFullPath(builder.Configuration["database"] ?? "quickstart.db");

await using ICustomerDns dns = builder.Configuration["server"] is { } server
    ? new ExistingDns(server)
    : new EmbeddedDns(domain);

// The private keys of sending identities are protected by ASP.NET Data Protection; its own keys lie beside the database.
builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(database + "-keys"));
builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "quickstart";
        options.Scope = ChallengeScope.Domain;
        options.AllowUnlistedSuffixes = true; // acme.example exists in this process only
    })
    .AddEmailIdentities(options =>
    {
        options.MailFromMx = "feedback-smtp.{region}.mail.example";
        options.MailFromSpf = "v=spf1 include:_spf.mail.example ~all";
    })
    .UseHolderActivity<SentMail>()
    .ConfigureWorker(options => options.PollInterval = TimeSpan.FromMilliseconds(200))
    .UseEntityFrameworkCoreStore(options => options.UseSqlite($"Data Source={database}"))
    .ConfigureDns(options => options.Servers.Add(dns.Server));

using var host = builder.Build();
await using (var context = await host.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
{
    await context.Database.EnsureCreatedAsync();
}

await host.StartAsync();
var manager = host.Services.GetRequiredService<IDomainClaimManager>();
var identities = host.Services.GetRequiredService<ISendingIdentities>();
var reviews = host.Services.GetRequiredService<ITransferReviews>();
var screen = new Screen();

screen.Title($"Claiming {domain}, asking the DNS server {dns.Server}, in the database {database}");

string[] tenants = ["tenant-a", "tenant-b"];
foreach (var tenant in tenants)
{
    screen.Found(tenant, await manager.ListAsync(tenant));
}

screen.Step("Tenant A asks for the domain");
var a = await manager.RequestAsync(new ClaimRequest("tenant-a", domain));
screen.Show(a);
if (a.Instructions is null)
{
    return 1;
}

screen.Step("Tenant A checks before anything is published: a clear no, with the reason");
screen.Show(await manager.VerifyAsync(ClaimReference.To(a.RequireClaim())));

screen.Step("Tenant A publishes the record and verifies");
screen.Show(await PublishAndRunAsync(a, manager.VerifyAsync));

screen.Step("Verified is not claimed: tenant A claims, and now holds the domain");
screen.Show(await manager.ClaimAsync(ClaimReference.To(a.RequireClaim())));

screen.Step("The worker makes two sending identities for tenant A: marketing and transactional");
screen.Show(await ProvisionedAsync(a));
screen.Show(await identities.ListAsync(ClaimReference.To(a.RequireClaim())));

screen.Step("Tenant B asks for the same domain and proves it. Tenant A is sending mail, so a person has to decide");
SentMail.Holder = "tenant-a";
var b = await manager.RequestAsync(new ClaimRequest("tenant-b", domain));
screen.Show(b);
screen.Show(await PublishAndRunAsync(b, manager.ConfirmAsync));

screen.Step("An operator sees the case, the holder masked, with both proofs side by side, and approves it");
var review = await reviews.FindAsync(b.RequireClaim().Id);
Screen.Show(review!);
var decision = new TransferReviewDecision(ClaimActor.User("operator"), review!.Version, "The sale of the domain is documented.");
screen.Show(await reviews.ApproveAsync(review.Claim, decision));

screen.Step("The worker releases tenant A, removes its identities, and makes fresh ones for tenant B");
screen.Show(await ProvisionedAsync(b));
screen.Show(await identities.ListAsync(ClaimReference.To(b.RequireClaim())));

screen.Step("What tenant B has to publish, compared with what DNS holds, as a zone file");
var plan = await identities.PlanAsync(ClaimReference.To(b.RequireClaim()));
Screen.Show(plan!);

screen.Step("As the records are published, their statuses turn");
foreach (var record in plan!.Records.Where(record => record.Action == PlanAction.Add && !record.IsOptional))
{
    await dns.PublishAsync(record);
    screen.Show(record, await identities.VerifyAsync(ClaimReference.To(b.RequireClaim())));
}

screen.Show(await identities.ListAsync(ClaimReference.To(b.RequireClaim())));

screen.Step("Tenant A was released, and learns nothing of tenant B");
screen.Show(await manager.GetAsync(ClaimReference.To(a.RequireClaim())));

screen.Step("Tenant A asks again. Its old record still stands in DNS, and proves nothing any more");
var again = await manager.RequestAsync(new ClaimRequest("tenant-a", domain));
screen.Show(await manager.VerifyAsync(ClaimReference.To(again.RequireClaim())));

screen.Step("With the fresh token published, tenant A takes the domain back: tenant B sends nothing, and gives way at once");
screen.Show(await PublishAndRunAsync(again, manager.ConfirmAsync));

screen.Step("Unverify is refused while the domain is claimed: unclaim first, which keeps it verified");
screen.Show(await manager.UnverifyAsync(ClaimReference.To(again.RequireClaim())));
screen.Show(await manager.UnclaimAsync(ClaimReference.To(again.RequireClaim())));
screen.Show(await manager.UnverifyAsync(ClaimReference.To(again.RequireClaim())));

screen.Step("Nobody can claim a public suffix, or anything but a name");
screen.Show(await manager.RequestAsync(new ClaimRequest("tenant-a", "co.uk")));
screen.Show(await manager.RequestAsync(new ClaimRequest("tenant-a", "https://acme.example/shop")));

screen.Step("Everything that happened is in the audit trail");
Screen.Show(await manager.ListEventsAsync(ClaimReference.To(a.RequireClaim())));
Screen.Show(await manager.ListEventsAsync(ClaimReference.To(again.RequireClaim())));

await host.StopAsync();
return 0;

// The worker runs in the background; look until the claim is claimed.
async Task<ClaimResult> ProvisionedAsync(ClaimResult requested)
{
    var reference = ClaimReference.To(requested.RequireClaim());
    ClaimResult now;
    while ((now = await manager.GetAsync(reference)).RequireClaim().Status is not ClaimStatus.Claimed)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100));
    }

    return now;
}

// With a real server somebody else publishes, so look again until the record is there or the person gives up.
async Task<ClaimResult> PublishAndRunAsync(
    ClaimResult requested,
    Func<ClaimReference, ClaimActionOptions?, CancellationToken, Task<ClaimResult>> run)
{
    ClaimResult result;
    do
    {
        await dns.PublishAsync(requested.Instructions!);
        result = await run(ClaimReference.To(requested.RequireClaim()), null, CancellationToken.None);
    }
    while (result.Error is not null && screen.AsksAgain(result, dns));

    return result;
}
