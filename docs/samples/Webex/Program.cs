// The domain management of the Webex Admin API, on the SDK: a token, verify, claim, unverify and unclaim, for the organization in the path.
//   dotnet run --project docs/samples/Webex
// The README beside this file has the whole flow.

using System.Text.Encodings.Web;
using DomainVerification;
using DomainVerification.AspNetCore;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Webex;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 16 * 1024);
builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "cisco-ci";
        options.RecordLabel = "@"; // the page names no label, so the customer can only put the record at the domain itself
        options.ValueFormat = "cisco-ci-domain-verification={token}";
        options.Token.Encoding = TokenEncoding.Uuid;
        options.Takeover = TakeoverRule.RefuseProofs; // 409 while another organization has claimed the domain
        options.ChallengeLifetime = TimeSpan.FromDays(30);
        options.ProofFreshness = TimeSpan.FromDays(30);
        options.Recheck.MaximumTries = 0; // a domain is verified when the organization asks for it, and not by itself
    })
    .UseEntityFrameworkCoreStore(options => options.UseSqlite(builder.Configuration.GetConnectionString("Claims")))
    .AddAspNetCore(options =>
    {
        options.OwnerClaimTypes = ["org"];
        options.ActorClaimTypes = ["sub"];
    });
builder.Services.AddOptions<DirectoryOptions>().BindConfiguration("Directory");
builder.Services.AddSingleton<UserDirectory>();

builder.Services.AddAuthentication().AddJwtBearer(options => options.MapInboundClaims = false);
builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder()
    .RequireAssertion(context => Access.MayManageDomains(context.User, context.Resource))
    .RequireClaimant()
    .Build());

builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
builder.Services.ConfigureHttpJsonOptions(options =>
{
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

var actions = app.MapGroup("/v1/identity/organizations/{orgId}/actions").RequireAuthorization();

actions.MapPost("/getDomainVerificationToken", async (
    TokenRequest body, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var request = new ClaimRequest(caller.Owner, body.Domain) { Actor = caller.Actor, RefuseHeld = true };
    var result = await claims.RequestAsync(request, cancellationToken);
    return result switch
    {
        { Error: not null } => Errors.Of(result),
        { Claim.Status.Holds: true } => Errors.Of(StatusCodes.Status409Conflict, "already_claimed", "You have claimed this domain."),
        _ => Results.Ok(DomainToken.Of(result.Claim!, result.Instructions!.Token)),
    };
});

actions.MapPost("/verifyDomain", async (
    VerifyRequest body, Claimant caller, IDomainClaimManager claims, UserDirectory users, CancellationToken cancellationToken) =>
{
    if (body.ReserveDomain)
    {
        return Errors.Of(StatusCodes.Status400BadRequest, "not_fedramp", "Domains are reserved for FedRAMP organizations only.");
    }

    var claim = ClaimReference.To(caller.Owner, body.Domain);
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var result = body.ClaimDomain
        ? await claims.ConfirmAsync(claim, options, cancellationToken)
        : await claims.VerifyAsync(claim, options, cancellationToken);
    if (result.Error is not null)
    {
        return Errors.Of(result);
    }

    var domains = await OrganizationDomains.ReadAsync(claims, caller.Owner, "Verify", cancellationToken);
    users.Enforce(caller.Owner, domains.VerifiedDomains);
    return Results.Ok(domains);
});

actions.MapPost("/claimDomain", async (
    ClaimDomainsRequest body,
    Claimant caller,
    IDomainClaimManager claims,
    UserDirectory users,
    IDbContextFactory<DomainVerificationDbContext> contexts,
    CancellationToken cancellationToken) =>
{
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var claimed = new List<DomainClaim>();
    await using var context = await contexts.CreateDbContextAsync(cancellationToken);
    await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
    using (ClaimTransaction.Enlist(context)) // all of the list, or nothing
    {
        foreach (var item in body.Data)
        {
            var result = await claims.ClaimAsync(ClaimReference.To(caller.Owner, item.Domain), options, cancellationToken);
            if (result.Error is not null)
            {
                return Errors.Of(result);
            }

            claimed.Add(result.Claim!);
        }
    }

    if (!body.ForceDomainClaim && claimed.Any(claim => users.HasOutsiders(caller.Owner, claim.Domain.Value)))
    {
        return Errors.Of(StatusCodes.Status409Conflict, "users_outside", "Users outside of your organization use this domain.");
    }

    await transaction.CommitAsync(cancellationToken);
    if (!body.ClaimDomainOnly)
    {
        claimed.ForEach(claim => users.MarkOutsiders(caller.Owner, claim.Domain.Value));
    }

    return Results.Ok(ClaimedDomains.Of(claimed));
});

actions.MapPost("/unverifyDomain", async (
    UnverifyRequest body, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var claim = ClaimReference.To(caller.Owner, body.Domain);
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var result = await claims.UnverifyAsync(claim, options, cancellationToken);
    if (body.RemovePending && result.Error is { Code: DomainVerificationErrorCodes.NotVerified })
    {
        result = await claims.CancelAsync(claim, options, cancellationToken);
    }

    return result.Error is not null
        ? Errors.Of(result, missing: StatusCodes.Status404NotFound)
        : Results.Ok(await OrganizationDomains.ReadAsync(claims, caller.Owner, "Unverify", cancellationToken));
});

actions.MapPost("/unclaimDomain", async (
    UnclaimRequest body, Claimant caller, IDomainClaimManager claims, CancellationToken cancellationToken) =>
{
    var options = new ClaimActionOptions { Actor = caller.Actor };
    var result = await claims.UnclaimAsync(ClaimReference.To(caller.Owner, body.PlainDomain), options, cancellationToken);
    return result.Error is not null ? Errors.Of(result) : Results.NoContent();
});

await app.RunAsync();
