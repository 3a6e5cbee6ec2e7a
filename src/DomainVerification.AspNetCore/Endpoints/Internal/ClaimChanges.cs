using DomainVerification.AspNetCore.Conditions.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The endpoints of owners that make and change claims.</summary>
internal static class ClaimChanges
{
    private delegate Task<ClaimResult> Change(ClaimCall call, CancellationToken cancellationToken);

    public static async Task<IResult> RequestAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (claimant, refusal) = await ClaimCall.AdmitAsync(http).ConfigureAwait(false);
        if (claimant is null)
        {
            return refusal!;
        }

        (var body, refusal) = await JsonBody.ReadAsync(
            http,
            WebJson.Default.ClaimRequestBody,
            "Send a JSON object with the text domain, and method where you want a certain one; nothing else.").ConfigureAwait(false);
        if (body is null || !TryReadMethod(http, body.Method, out var method, out refusal))
        {
            return refusal!;
        }

        var manager = http.RequestServices.GetRequiredService<IDomainClaimManager>();
        var request = new ClaimRequest(claimant.Owner, body.Domain)
        {
            Profile = ClaimCall.ProfileOf(http),
            Method = method,
            Actor = claimant.Actor,
        };
        var result = await manager.RequestAsync(request, cancellationToken).ConfigureAwait(false);
        if (result.Error is not null || result.Claim is not { } claim)
        {
            return Problems.Of(http, result, isConditional: false, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        ClaimTags.Tag(http, claim.Id, claim.Version);
        http.Response.Headers.Location = ClaimAddress.FromList(http, claim.Id);
        return TypedResults.Json(
            ClaimAnswer.Of(claim, result),
            WebJson.Default.ClaimAnswer,
            statusCode: result.Status == ClaimResultStatus.Done ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public static Task<IResult> VerifyAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.VerifyAsync(call.Reference, call.Options, token));

    public static Task<IResult> ClaimAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.ClaimAsync(call.Reference, call.Options, token));

    public static Task<IResult> ConfirmAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.ConfirmAsync(call.Reference, call.Options, token));

    public static Task<IResult> UnclaimAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.UnclaimAsync(call.Reference, call.Options, token));

    public static Task<IResult> UnverifyAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.UnverifyAsync(call.Reference, call.Options, token));

    public static Task<IResult> CancelAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        ApplyAsync(http, claim, (call, token) => call.Manager.CancelAsync(call.Reference, call.Options, token));

    public static async Task<IResult> RotateAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (body, refusal) = await JsonBody.ReadAsync(
            http,
            WebJson.Default.RotateBody,
            "Send no body, or a JSON object with the method that you want; nothing else.",
            new RotateBody()).ConfigureAwait(false);
        return body is null || !TryReadMethod(http, body.Method, out var method, out refusal)
            ? refusal!
            : await ApplyAsync(
                http,
                claim,
                (call, token) => call.Manager.RotateTokenAsync(call.Reference, method, call.Options, token)).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a claim, by the word that its status asks for. A claim that holds is refused: giving a domain up is a step of its own.
    /// </summary>
    public static async Task<IResult> DeleteAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (call, refusal) = await ClaimCall.ChangeAsync(http, claim).ConfigureAwait(false);
        if (call is null)
        {
            return refusal!;
        }

        if (!call.Claim.Status.IsLive)
        {
            return TypedResults.NoContent();
        }

        var result = call.Claim.Status == ClaimStatus.Pending
            ? await call.Manager.CancelAsync(call.Reference, call.Options, http.RequestAborted).ConfigureAwait(false)
            : await call.Manager.UnverifyAsync(call.Reference, call.Options, http.RequestAborted).ConfigureAwait(false);
        return result.Error is null || HasEnded(result) ? TypedResults.NoContent() : call.Answer(result);
    }

    /// <summary>A claim that ended by itself in the meantime is what the caller wanted.</summary>
    private static bool HasEnded(ClaimResult result) => result is { Status: ClaimResultStatus.Refused, Claim.Status.IsLive: false };

    private static async Task<IResult> ApplyAsync(HttpContext http, string claim, Change change)
    {
        var (call, refusal) = await ClaimCall.ChangeAsync(http, claim).ConfigureAwait(false);
        return call is null ? refusal! : call.Answer(await change(call, http.RequestAborted).ConfigureAwait(false));
    }

    private static bool TryReadMethod(HttpContext http, string? name, out ProofMethod? method, out IResult? refusal)
    {
        method = null;
        refusal = null;
        if (name is null)
        {
            return true;
        }

        if (WireNames<ProofMethod>.TryParse(name, out var known))
        {
            method = known;
            return true;
        }

        refusal = Problems.Of(
            http,
            DomainVerificationWebErrorCodes.MethodUnknown,
            $"A method is one of: {string.Join(", ", WireNames<ProofMethod>.All)}.");
        return false;
    }
}
