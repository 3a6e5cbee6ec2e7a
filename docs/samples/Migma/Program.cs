// Migma's "Confirm Domain Claim", and the calls around it, made of the SDK. The README says how to try it.
//   dotnet run --project docs/samples/Migma

using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.Email;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Migma;
using Migma.Wire;

var builder = WebApplication.CreateBuilder(args);
var database = builder.Configuration.GetConnectionString("Claims")!;
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

// Private DKIM keys and the answers that are kept for Idempotency-Key are encrypted; the keys of that lie beside the database.
builder.Services.AddDataProtection().PersistKeysToFileSystem(
    new DirectoryInfo(Path.GetFullPath(new SqliteConnectionStringBuilder(database).DataSource) + "-keys"));

builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "migma";
        options.RecordLabel = "_migma";                       // the proof stands at _migma.<rootDomain>
        options.ValueFormat = "migma-domain-verification={token}";
        options.Subject = ClaimSubject.RegistrableDomain;     // send.acme.com claims acme.com
    })
    .UseEntityFrameworkCoreStore(options => options.UseSqlite(database))
    .AddEmailIdentities(options =>
    {
        options.Regions.Add(new EmailRegion { Id = "us-east-1", Name = "US East (N. Virginia)" });
        options.Regions.Add(new EmailRegion { Id = "eu-west-1", Name = "Europe (Ireland)" });
        options.Marketing.MailFromLabel = "send";
        options.Transactional.MailFromLabel = "notify";
        options.MailFromMx = "feedback-smtp.{region}.migma.email";
        options.MailFromSpf = "v=spf1 include:_spf.migma.email ~all";
    })
    .UseHolderActivity<SentMail>()                            // a holder that is sending is reviewed by a person
    .AddIdempotencyKeys(IdempotencyOptions.Migma() with { WriteRefusal = Answers.WriteRefusalAsync })
    .AddAspNetCore(options => options.OwnerClaimTypes = [ApiKeyHandler.Workspace]);

builder.Services.AddAuthentication(ApiKeyHandler.Scheme)
    .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null);
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("read", policy => policy.RequireClaim(ApiKeyHandler.Permission, "domain:read", "domain:write"))
    .AddPolicy("write", policy => policy.RequireClaim(ApiKeyHandler.Permission, "domain:write"))
    .AddPolicy(DomainVerificationPolicies.Review, policy => policy.RequireClaim(ApiKeyHandler.Permission, "review:decide"));

var app = builder.Build();
await using (var context = await app.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
{
    await context.Database.EnsureCreatedAsync();
}

app.UseExceptionHandler(failed => failed.Run(Answers.WriteFaultAsync));
app.UseStatusCodePages(Answers.WriteStatusAsync);
app.UseAuthentication();
app.UseAuthorization();

// Reviews are for Migma's own people, in the SDK's own form.
app.MapDomainVerificationReviews("/operator/reviews");

var reads = app.MapGroup("/v1/domains").RequireAuthorization("read");
var writes = app.MapGroup("/v1/domains").RequireAuthorization("write").WithIdempotencyKey();

// Initiate Domain Claim: also for a domain that another workspace holds.
writes.MapPost("/claims", async (DomainBody body, Claimant caller, IDomainClaimManager claims, CancellationToken ct) =>
    Answers.Challenge(body.Domain, await claims.RequestAsync(Request(body, caller), ct)));

// Confirm Domain Claim: look for the proof, release the holder, and answer with the fresh identities.
writes.MapPost("/claims/{domain}/verify", async (
    string domain, Claimant caller, IDomainClaimManager claims, ISendingIdentities identities, CancellationToken ct) =>
{
    var claim = ClaimReference.To(caller.Owner, domain);
    var confirmed = await claims.ConfirmAsync(claim, By(caller), ct);
    if (confirmed.Error is null)
    {
        confirmed = await claims.WaitForProvisioningAsync(claim, TimeSpan.FromSeconds(20), ct);
    }

    return confirmed.Error is { } error
        ? Answers.Unclaimed(domain, error)
        : Answers.Identities(
            domain,
            "Domain claimed and fresh identities provisioned. Add the DNS records for both identities, then verify them.",
            await identities.ListAsync(claim, ct));
});

// Add a domain that nobody has; one that another workspace has is to be claimed.
writes.MapPost("/", async (DomainBody body, Claimant caller, IDomainClaimManager claims, CancellationToken ct) =>
    Answers.Challenge(body.Domain, await claims.RequestAsync(Request(body, caller) with { RefuseHeld = true }, ct)));

reads.MapGet("/", async (Claimant caller, IDomainClaimManager claims, ISendingIdentities identities, CancellationToken ct) =>
{
    var found = new List<SendingDomain>();
    await foreach (var claim in claims.ListAllAsync(caller.Owner, new ClaimQuery { Statuses = ClaimQuery.LiveStatuses }, ct))
    {
        found.AddRange((await identities.ListAsync(ClaimReference.To(claim), ct)).Identities.Select(SendingDomain.Of));
    }

    return Answers.Ok(found);
});

reads.MapGet("/{domain}", async (
    string domain, Claimant caller, IDomainClaimManager claims, ISendingIdentities identities, CancellationToken ct) =>
{
    var claim = ClaimReference.To(caller.Owner, domain);
    var listed = await identities.ListAsync(claim, ct);
    return listed is { Error: null, Identities: [] }
        ? Answers.Challenge(domain, await claims.GetInstructionsAsync(claim, ct))
        : Answers.Identities(domain, "The domain is yours.", listed);
});

// Look for the records of both identities in DNS.
writes.MapPost("/{domain}/verify", async (string domain, Claimant caller, ISendingIdentities identities, CancellationToken ct) =>
    Answers.Identities(
        domain, "The DNS records were looked for.", await identities.VerifyAsync(ClaimReference.To(caller.Owner, domain), ct)));

writes.MapDelete("/{domain}", async (string domain, Claimant caller, IDomainClaimManager claims, CancellationToken ct) =>
    Answers.Deleted(domain, await claims.EndAsync(ClaimReference.To(caller.Owner, domain), By(caller), ct)));

await app.RunAsync();

static ClaimRequest Request(DomainBody body, Claimant caller) => new(caller.Owner, body.Domain ?? "") { Actor = caller.Actor };

static ClaimActionOptions By(Claimant caller) => new() { Actor = caller.Actor };
