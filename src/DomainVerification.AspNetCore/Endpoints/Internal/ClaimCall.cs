using System.Globalization;
using DomainVerification.AspNetCore.Claimants.Internal;
using DomainVerification.AspNetCore.Conditions.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>A request about one claim that was found: who sent it, the claim as it was then, and what it is bound to.</summary>
/// <param name="Http">The request.</param>
/// <param name="Manager">The workflow.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Options">Who acts, and on which version.</param>
/// <param name="IsConditional">Whether the request names the state that it is about.</param>
internal sealed record ClaimCall(
    HttpContext Http,
    IDomainClaimManager Manager,
    DomainClaim Claim,
    ClaimActionOptions Options,
    bool IsConditional)
{
    public ClaimReference Reference => ClaimReference.To(Claim);

    /// <summary>Whom the request acts for; or the answer where that is nobody.</summary>
    public static async Task<(Claimant? Claimant, IResult? Refusal)> AdmitAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await RequestClaimants.FindClaimantAsync(http).ConfigureAwait(false) is { } claimant
            ? (claimant, null)
            : (null, Unknown(http));
    }

    public static IResult Unknown(HttpContext http) => Problems.Of(
        http,
        DomainVerificationWebErrorCodes.ClaimantUnknown,
        "You are signed in, but nothing says whom you act for.");

    public static string ProfileOf(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<ClaimGroup>().Profile;

    /// <summary>Finds the claim that a request only reads; or the answer where there is none.</summary>
    public static async Task<(ClaimCall? Call, IResult? Refusal)> ReadAsync(HttpContext http, string id)
    {
        var (claimant, refusal) = await AdmitAsync(http).ConfigureAwait(false);
        if (claimant is null)
        {
            return (null, refusal);
        }

        return ClaimId.TryParse(id, CultureInfo.InvariantCulture, out var parsed)
            ? await FindAsync(http, claimant, ClaimReference.To(claimant.Owner, parsed)).ConfigureAwait(false)
            : (null, Problems.Missing(http));
    }

    /// <summary>Finds the newest claim of the caller to a domain; or the answer where there is none.</summary>
    public static async Task<(ClaimCall? Call, IResult? Refusal)> ReadByDomainAsync(HttpContext http, string domain)
    {
        var (claimant, refusal) = await AdmitAsync(http).ConfigureAwait(false);
        return claimant is null
            ? (null, refusal)
            : await FindAsync(http, claimant, ClaimReference.To(claimant.Owner, domain, ProfileOf(http))).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds the claim that a request is to change, where the state that it names is the present one; or the answer where not.
    /// </summary>
    public static async Task<(ClaimCall? Call, IResult? Refusal)> ChangeAsync(HttpContext http, string id)
    {
        var (call, refusal) = await ReadAsync(http, id).ConfigureAwait(false);
        if (call is null)
        {
            return (null, refusal);
        }

        var isConditional = ClaimTags.IsConditional(http, out refusal);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        if (!isConditional || ClaimTags.MatchesAny(http))
        {
            return (call, null);
        }

        // The manager holds the commit to the version, so that no change between this look and the commit goes unseen.
        return ClaimTags.Matches(http, call.Claim.Id, call.Claim.Version)
            ? (call with { IsConditional = true, Options = call.Options with { ExpectedVersion = call.Claim.Version } }, null)
            : (null, ClaimTags.Failed(http));
    }

    /// <summary>Answers with what a call of the manager came to.</summary>
    public IResult Answer(ClaimResult result)
    {
        if (result.Error is not null || result.Claim is not { } claim)
        {
            return Problems.Of(Http, result, IsConditional, Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        ClaimTags.Tag(Http, claim.Id, claim.Version);
        return TypedResults.Json(ClaimAnswer.Of(claim, result), WebJson.Default.ClaimAnswer);
    }

    private static async Task<(ClaimCall? Call, IResult? Refusal)> FindAsync(HttpContext http, Claimant claimant, ClaimReference reference)
    {
        var manager = http.RequestServices.GetRequiredService<IDomainClaimManager>();
        var result = await manager.GetAsync(reference, http.RequestAborted).ConfigureAwait(false);
        if (result.Claim is not { } claim)
        {
            return (null, Problems.Of(http, result, isConditional: false, default));
        }

        return string.Equals(claim.Profile, ProfileOf(http), StringComparison.Ordinal)
            ? (new ClaimCall(http, manager, claim, new ClaimActionOptions { Actor = claimant.Actor }, IsConditional: false), null)
            : (null, Problems.Missing(http));
    }
}
