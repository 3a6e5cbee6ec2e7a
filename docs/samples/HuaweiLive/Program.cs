// "Verifying Domain Name Ownership" of the Huawei Cloud Live API, on the SDK: one call that tells what to publish and looks for it.
//   dotnet run --project docs/samples/HuaweiLive
// The README beside this file has the whole flow.

using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.EntityFrameworkCore;
using HuaweiLive;
using HuaweiLive.Iam;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 16 * 1024);
builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "live";
        options.Subject = ClaimSubject.RegistrableDomain;       // pull.example.com is answered about example.com
        options.Exclusivity = DomainExclusivity.Shared;         // each account verifies a domain for itself
        options.Methods = [ProofMethod.DnsTxt, ProofMethod.HttpFile];
        options.RecordLabel = "verification";                   // the TXT record verification.example.com
        options.Files.Path = "/verification.html";              // the file http://example.com/verification.html
        options.Files.TrustOneHostForAllSubdomains = true;      // which counts for all names below example.com
        options.ValueFormat = "{token}";
        options.Token.Source = TokenSource.Derived;             // a keyed hash: the value is no secret that is kept
        options.Token.Encoding = TokenEncoding.Hex;
        options.Token.Bits = 256;
        options.Token.Format = "liveauth_{0}";
        options.ChallengeLifetime = TimeSpan.FromDays(30);
        options.Recheck.MaximumTries = 0;                       // a domain is looked for when the account asks, and not by itself
    })
    .UseEntityFrameworkCoreStore(options => options.UseSqlite(builder.Configuration.GetConnectionString("Claims")))
    .AddAspNetCore(options =>
    {
        options.OwnerClaimTypes = [IamHandler.Account];
        options.ActorClaimTypes = [IamHandler.User];
    });

builder.Services.AddAuthentication(IamHandler.Scheme).AddScheme<AuthenticationSchemeOptions, IamHandler>(IamHandler.Scheme, null);
builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder()
    .RequireClaim(IamHandler.Permission, "live")
    .RequireAssertion(context => context.Resource is HttpContext http
        && context.User.HasClaim(IamHandler.Project, (string)http.GetRouteValue("project_id")!))
    .RequireClaimant()
    .Build());

builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

var app = builder.Build();
await using (var context = await app.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync())
{
    await context.Database.EnsureCreatedAsync();
}

app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Errors.WriteAsync });
app.UseStatusCodePages(context => Errors.WriteAsync(context.HttpContext));
app.UseAuthentication();
app.UseAuthorization();

app.MapPost("/v1/{project_id}/domain/verification", async (
    VerificationRequest body, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    if (body.Method is not { } method)
    {
        return Results.BadRequest();
    }

    // The value is the same by either method, and a domain that is verified stays so.
    var request = new ClaimRequest(caller.Owner, body.Domain) { Method = method, ChangeMethod = true, Actor = caller.Actor };
    var requested = await claims.RequestAsync(request, cancellationToken);
    if (requested.Error is not null || requested.Claim!.Status.IsProved)
    {
        return Verification.Of(requested, requested.Instructions);
    }

    var options = new ClaimActionOptions { Actor = caller.Actor };
    var verified = await claims.VerifyAsync(ClaimReference.To(caller.Owner, requested.Claim.Id), options, cancellationToken);
    return Verification.Of(verified, requested.Instructions);
}).RequireAuthorization();

await app.RunAsync();
