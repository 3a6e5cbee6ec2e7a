// Wacht's "Add domain" of an organization, and the calls around it, made of the SDK. The README says how to try it.
//   dotnet run --project docs/samples/Wacht

using System.Text.Json;
using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Wacht;

var builder = WebApplication.CreateBuilder(args);
var database = builder.Configuration.GetConnectionString("Claims")!;
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);

builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "wacht";
        options.RecordLabel = "_wacht_verification";
        options.ValueFormat = "{token}";
        options.Token.Format = "wacht_verify_{0}";
        options.Takeover = TakeoverRule.RefuseProofs;         // a verified domain is its organization's until that deletes it
        options.ChallengeLifetime = TimeSpan.FromDays(30);
        options.Recheck.MaximumTries = 0;                     // a domain is verified when somebody asks for it, and not by itself
    })
    .UseEntityFrameworkCoreStore(options => options.UseSqlite(database))
    .AddAspNetCore()
    .UseClaimantAccessor<Organizations>();                    // the owner of a domain is the organization of the path

// Session cookies are encrypted; the keys of that lie beside the database.
builder.Services.AddDataProtection().PersistKeysToFileSystem(
    new DirectoryInfo(Path.GetFullPath(new SqliteConnectionStringBuilder(database).DataSource) + "-keys"));
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Sessions.Configure);
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("member", policy => policy.RequireAssertion(context => Organizations.RoleOf(context) is not null))
    .AddPolicy("manage", policy => policy.RequireAssertion(context => Organizations.RoleOf(context) is "owner" or "admin" or "manage"));

var app = builder.Build();
await using (var context = await app.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
{
    await context.Database.EnsureCreatedAsync();
}

app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Answers.WriteAsync });
app.UseStatusCodePages(context => Answers.WriteAsync(context.HttpContext));
app.UseAuthentication();
app.UseAuthorization();

app.MapPost("/auth/signin", Sessions.SignInAsync);
app.MapPost("/auth/signout", (Delegate)Sessions.SignOutAsync);

var domains = app.MapGroup("/organizations/{id}/domains").RequireAuthorization("member");

domains.MapGet("/", async (Claimant caller, IDomainClaimManager claims, HttpContext http, CancellationToken ct) =>
{
    var found = new List<OrganizationDomain>();
    await foreach (var claim in claims.ListAllAsync(caller.Owner, new ClaimQuery { Statuses = ClaimQuery.LiveStatuses }, ct))
    {
        found.Add(OrganizationDomain.Of(await claims.GetInstructionsAsync(ClaimReference.To(claim), ct)));
    }

    return Answers.Ok(http, found);
});

domains.MapPost("/", async (AddDomain body, Claimant caller, IDomainClaimManager claims, HttpContext http, CancellationToken ct) =>
{
    var result = await claims.RequestAsync(new ClaimRequest(caller.Owner, body.Domain ?? "") { Actor = caller.Actor }, ct);
    return result switch
    {
        { Error: { } error } => Answers.Refused(http, error),
        { Status: ClaimResultStatus.Unchanged } => Answers.AlreadyAdded(http),
        _ => Answers.Created(http, DomainAdded.Of(result)),
    };
}).RequireAuthorization("manage");

domains.MapPost("/{domain}/verify", async (
    DomainId domain, Claimant caller, IDomainClaimManager claims, HttpContext http, CancellationToken ct) =>
{
    var result = await claims.ConfirmAsync(domain.Of(caller), new ClaimActionOptions { Actor = caller.Actor }, ct);
    return result.Error is { } error ? Answers.Refused(http, error) : Answers.Ok(http, new DomainVerified(OrganizationDomain.Of(result)));
}).RequireAuthorization("manage");

// Two of the vendor's documents name two ways to delete.
domains.MapDelete("/{domain}", DeleteAsync).RequireAuthorization("manage");
domains.MapPost("/{domain}/delete", DeleteAsync).RequireAuthorization("manage");

await app.RunAsync();

static async Task<IResult> DeleteAsync(
    DomainId domain,
    Claimant caller,
    IDomainClaimManager claims,
    HttpContext http,
    CancellationToken ct)
{
    var result = await claims.EndAsync(domain.Of(caller), new ClaimActionOptions { Actor = caller.Actor }, ct);
    return result switch
    {
        { Error: { } error } => Answers.Refused(http, error),
        { Status: ClaimResultStatus.Unchanged } => Results.NotFound(),   // it was deleted before
        _ => Answers.Ok<object?>(http, null),
    };
}
