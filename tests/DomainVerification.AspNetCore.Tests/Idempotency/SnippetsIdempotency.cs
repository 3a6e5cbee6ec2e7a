using System.Security.Claims;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>The code of <c>docs/idempotency.md</c>.</summary>
internal static class SnippetsIdempotency
{
    public static void Add(WebApplicationBuilder builder, string connectionString)
    {
        builder.Services.AddDataProtection();   // and persist its key ring, where all instances of the host find it
        builder.Services.AddDomainVerification()
            .UseEntityFrameworkCoreStore(options => options.UseSqlite(connectionString))
            .AddIdempotencyKeys(IdempotencyOptions.Draft() with { Lifetime = TimeSpan.FromDays(2) });
    }

    public static void Map(WebApplication app)
    {
        app.MapPost("/orders", (Order order) => TypedResults.Created($"/orders/{order.Id}", order))
            .RequireAuthorization()
            .WithIdempotencyKey();

        var claims = app.MapGroup("/v1/domains").RequireAuthorization().WithIdempotencyKey(IdempotencyOptions.Migma());
        claims.MapPost("/claims/{domain}/verify", (string domain) => TypedResults.Ok(domain));
        claims.MapPost("/keys", () => TypedResults.Ok()).RequireIdempotency();
    }

    public static void Scope(DomainVerificationBuilder builder)
    {
        builder.UseIdempotencyClientAccessor<ApiKeyClient>();
    }

    public static void Runs(WebApplication app)
    {
        app.MapPost("/secrets", (HttpContext context) =>
        {
            context.Features.Get<IIdempotentRun>()?.ForbidReplay();   // for this exchange only
            return TypedResults.Ok(Secret.Make());
        }).WithIdempotencyKey();

        app.MapPost("/transfers", (Order order, HttpContext context) =>
        {
            if (order.Amount <= 0)
            {
                context.Features.Get<IIdempotentRun>()?.Forget();   // nothing was done: the key is free again
                return Results.BadRequest();
            }

            return Results.Accepted();
        }).WithIdempotencyKey();
    }

    public static IdempotencyOptions Envelope() => IdempotencyOptions.Migma() with
    {
        WriteRefusal = (context, refusal) => context.Response.WriteAsJsonAsync(
            new ApiError(false, refusal.Title, refusal.Code),
            context.RequestAborted),
    };

    internal sealed record Order(int Id, decimal Amount);

    internal sealed record ApiError(bool Success, string Error, string Code);

    internal static class Secret
    {
        public static string Make() => Guid.NewGuid().ToString();
    }

    public sealed class ApiKeyClient : IIdempotencyClientAccessor
    {
        public ValueTask<IdempotencyClient?> GetClientAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(context.User.FindFirstValue("api_key_id") is { } id
                ? new IdempotencyClient(context.User.FindFirstValue("tenant") ?? string.Empty, id)
                : null);
    }
}
