// The domains of the IONOS IAM Federation API, on the SDK: request, verify, list, retrieve and delete, for the contract of a bearer JWT.
//   dotnet run --project docs/samples/Ionos
// The README beside this file has the whole flow.

using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.EntityFrameworkCore;
using Ionos;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 16 * 1024);
builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "ionos";
        options.RecordLabel = "@"; // the page names no label, so the customer can only put the record at the domain itself
        options.ValueFormat = "{token}";
        options.Token.Encoding = TokenEncoding.Decimal;
        options.Token.Bits = 172; // 52 digits
        options.Token.Disclosure = TokenDisclosure.Once;
        options.Takeover = TakeoverRule.RefuseProofs; // the mail domains of a contract's users stay with it until it deletes them
        options.ChallengeLifetime = TimeSpan.FromDays(30);
        options.Recheck.MaximumTries = 0; // a domain is approved when the contract asks for it, and not by itself
    })
    .UseEntityFrameworkCoreStore(options => options.UseSqlite(builder.Configuration.GetConnectionString("Claims")))
    .AddAspNetCore(options =>
    {
        options.OwnerClaimTypes = ["contract"];
        options.ActorClaimTypes = ["sub"];
    });

builder.Services.AddAuthentication().AddJwtBearer(options => options.MapInboundClaims = false);
builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder()
    .RequireAssertion(context => Access.MayManageDomains(context.User))
    .RequireClaimant()
    .Build());

builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
builder.Services.ConfigureHttpJsonOptions(options =>
{
    options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    options.SerializerOptions.RespectNullableAnnotations = true;
    options.SerializerOptions.RespectRequiredConstructorParameters = true;
    options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
});

var app = builder.Build();
await using (var context = await app.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
{
    await context.Database.EnsureCreatedAsync();
}

app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Errors.WriteAsync });
app.UseStatusCodePages(context => Errors.WriteAsync(context.HttpContext));
app.UseAuthentication();
app.UseAuthorization();

var domains = app.MapGroup("/federation/domains").RequireAuthorization();

domains.MapPost("/", async (DomainRequest body, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var result = await claims.RequestAsync(new ClaimRequest(caller.Owner, body.Domain) { Actor = caller.Actor }, cancellationToken);
    return result.Error is not null
        ? Errors.Of(result)
        : Results.Json(DomainResource.Requested(result.Claim!, result.Instructions?.Token), statusCode: StatusCodes.Status202Accepted);
});

domains.MapPut("/{id:guid}/verify", async (ClaimId id, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var result = await claims.ConfirmAsync(ClaimReference.To(caller.Owner, id), options, cancellationToken);
    return result.Error is not null
        ? Errors.Of(result)
        : Results.Json(DomainResource.Of(result.Claim!), statusCode: StatusCodes.Status201Created);
});

domains.MapGet("/", async (Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var live = claims.ListAllAsync(caller.Owner, new ClaimQuery { Statuses = ClaimQuery.LiveStatuses }, cancellationToken);
    return DomainCollection.Of(caller.Owner, await live.ToListAsync(cancellationToken));
});

domains.MapGet("/{id:guid}", async (ClaimId id, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
    await claims.GetAsync(ClaimReference.To(caller.Owner, id), cancellationToken) is { Claim: { Status.IsLive: true } claim }
        ? Results.Json(DomainResource.Of(claim))
        : Results.NotFound());

domains.MapDelete("/{id:guid}", async (ClaimId id, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var result = await claims.EndAsync(ClaimReference.To(caller.Owner, id), options, cancellationToken);
    return result switch
    {
        { Error: not null } => Errors.Of(result),
        { Status: ClaimResultStatus.Unchanged } => Results.NotFound(), // it had ended before
        _ => Results.Accepted(),
    };
});

await app.RunAsync();
