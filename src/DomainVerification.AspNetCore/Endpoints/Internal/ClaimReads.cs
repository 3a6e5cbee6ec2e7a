using DomainVerification.AspNetCore.Conditions.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Identities.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using DomainVerification.AspNetCore.Streams.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The endpoints of owners that change nothing.</summary>
internal static class ClaimReads
{
    public static async Task<IResult> ListAsync(
        HttpContext http,
        [FromQuery(Name = "status")] string[]? status,
        [FromQuery(Name = "limit")] string? limit,
        [FromQuery(Name = "after")] string? after)
    {
        var (claimant, refusal) = await ClaimCall.AdmitAsync(http).ConfigureAwait(false);
        if (claimant is null)
        {
            return refusal!;
        }

        var statuses = new HashSet<ClaimStatus>();
        foreach (var name in status ?? [])
        {
            if (!WireNames<ClaimStatus>.TryParse(name, out var wanted))
            {
                return Problems.Of(
                    http,
                    DomainVerificationWebErrorCodes.StatusUnknown,
                    $"A status is one of: {string.Join(", ", WireNames<ClaimStatus>.All)}. Repeat the parameter to ask for several.");
            }

            statuses.Add(wanted);
        }

        (var page, refusal) = PageRequest.Read(http, limit, after);
        if (page is null)
        {
            return refusal!;
        }

        var query = new ClaimQuery
        {
            Profile = ClaimCall.ProfileOf(http),
            Statuses = statuses,
            After = page.After,
            PageSize = page.Size,
        };
        var manager = http.RequestServices.GetRequiredService<IDomainClaimManager>();
        var found = await manager.ListAsync(claimant.Owner, query, http.RequestAborted).ConfigureAwait(false);
        var list = new ClaimList { Claims = [.. found.Claims.Select(ClaimResource.Of)], Next = found.Next?.ToString() };
        return TypedResults.Json(list, WebJson.Default.ClaimList);
    }

    public static async Task<IResult> GetAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        return call is null ? refusal! : Show(call);
    }

    public static async Task<IResult> GetByDomainAsync(HttpContext http, [FromRoute(Name = "domain")] string domain)
    {
        var (call, refusal) = await ClaimCall.ReadByDomainAsync(http, domain).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        http.Response.Headers.ContentLocation = ClaimAddress.FromDomain(http, call.Claim.Id);
        return Show(call);
    }

    public static async Task<IResult> GetInstructionsAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        var result = await call.Manager.GetInstructionsAsync(call.Reference, http.RequestAborted).ConfigureAwait(false);
        if (result.Error is not null)
        {
            return call.Answer(result);
        }

        return InstructionsResource.Of(result.Instructions) is { } instructions
            ? TypedResults.Json(instructions, WebJson.Default.InstructionsResource)
            : Problems.Of(
                http,
                DomainVerificationWebErrorCodes.TokenNotKept,
                "The token was shown once and is not kept. Rotate it to get a fresh one.");
    }

    public static async Task<IResult> ListIdentitiesAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        var identities = http.RequestServices.GetRequiredService<LiveIdentities>();
        return TypedResults.Json(await identities.ListAsync(call, http.RequestAborted).ConfigureAwait(false), WebJson.Default.IdentityList);
    }

    public static async Task<IResult> GetProvisioningAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        var progress = await call.Manager.GetProvisioningAsync(call.Reference, http.RequestAborted).ConfigureAwait(false);
        return progress is null
            ? Problems.Missing(http)
            : TypedResults.Json(ProvisioningResource.Of(progress), WebJson.Default.ProvisioningResource);
    }

    public static async Task<IResult> ListEventsAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        var events = await call.Manager.ListEventsAsync(call.Reference, http.RequestAborted).ConfigureAwait(false);
        return TypedResults.Json(new EventList { Events = [.. events.Select(EventResource.Of)] }, WebJson.Default.EventList);
    }

    public static async Task<IResult> WatchAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ReadAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        // The one answer that keeps a browser from coming back: it has seen the end.
        return !call.Claim.Status.IsLive && ClaimStream.SeenBy(http) == call.Claim.Version
            ? TypedResults.NoContent()
            : new ClaimStream(call);
    }

    private static IResult Show(ClaimCall call)
    {
        // What a browser keeps it must ask about before it shows it again.
        call.Http.Response.Headers.CacheControl = "private, no-cache";
        ClaimTags.Tag(call.Http, call.Claim.Id, call.Claim.Version);
        return ClaimTags.IsKnown(call.Http, call.Claim.Id, call.Claim.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(ClaimResource.Of(call.Claim), WebJson.Default.ClaimResource);
    }
}
