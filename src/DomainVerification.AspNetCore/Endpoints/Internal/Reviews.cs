using System.Globalization;
using DomainVerification.AspNetCore.Claimants.Internal;
using DomainVerification.AspNetCore.Conditions.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The endpoints of operators.</summary>
internal static class Reviews
{
    private delegate Task<TransferReviewResult> Decide(
        ITransferReviews reviews,
        ClaimId claim,
        TransferReviewDecision decision,
        CancellationToken cancellationToken);

    public static async Task<IResult> ListAsync(
        HttpContext http,
        [FromQuery(Name = "profile")] string? profile,
        [FromQuery(Name = "domain")] string? domain,
        [FromQuery(Name = "limit")] string? limit,
        [FromQuery(Name = "after")] string? after)
    {
        var (reviewer, refusal) = await AdmitAsync(http).ConfigureAwait(false);
        if (reviewer is null)
        {
            return refusal!;
        }

        (var page, refusal) = PageRequest.Read(http, limit, after);
        if (page is null)
        {
            return refusal!;
        }

        DomainName? wanted = null;
        if (domain is not null && !DomainName.TryParse(domain, out wanted, out var error))
        {
            return Problems.Of(http, error);
        }

        if (profile?.Contains('\0') == true)
        {
            // No profile is named so, and PostgreSQL takes no such text.
            return TypedResults.Json(new ReviewList { Reviews = [] }, WebJson.Default.ReviewList);
        }

        var query = new TransferReviewQuery { Profile = profile, Domain = wanted, PageSize = page.Size, After = page.After };
        var found = await Service(http).ListAsync(query, http.RequestAborted).ConfigureAwait(false);
        var list = new ReviewList { Reviews = [.. found.Reviews.Select(ReviewResource.Of)], Next = found.Next?.ToString() };
        return TypedResults.Json(list, WebJson.Default.ReviewList);
    }

    public static async Task<IResult> GetAsync(HttpContext http, [FromRoute(Name = "claim")] string claim)
    {
        var (reviewer, refusal) = await AdmitAsync(http).ConfigureAwait(false);
        if (reviewer is null)
        {
            return refusal!;
        }

        if (!ClaimId.TryParse(claim, CultureInfo.InvariantCulture, out var id)
            || await Service(http).FindAsync(id, http.RequestAborted).ConfigureAwait(false) is not { } review)
        {
            return Missing(http);
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        ClaimTags.Tag(http, review.Claim, review.Version);
        return ClaimTags.IsKnown(http, review.Claim, review.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(ReviewResource.Of(review), WebJson.Default.ReviewResource);
    }

    public static Task<IResult> ApproveAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        DecideAsync(http, claim, (reviews, id, decision, token) => reviews.ApproveAsync(id, decision, token));

    public static Task<IResult> RejectAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        DecideAsync(http, claim, (reviews, id, decision, token) => reviews.RejectAsync(id, decision, token));

    public static Task<IResult> UndoAsync(HttpContext http, [FromRoute(Name = "claim")] string claim) =>
        DecideAsync(http, claim, (reviews, id, decision, token) => reviews.UndoAsync(id, decision, token));

    private static async Task<IResult> DecideAsync(HttpContext http, string claim, Decide decide)
    {
        var (reviewer, refusal) = await AdmitAsync(http).ConfigureAwait(false);
        if (reviewer is null)
        {
            return refusal!;
        }

        (var body, refusal) = await JsonBody.ReadAsync(
            http,
            WebJson.Default.DecisionBody,
            "Send no body, or a JSON object with a reason; nothing else.",
            new DecisionBody()).ConfigureAwait(false);
        if (body is null)
        {
            return refusal!;
        }

        if (!ClaimId.TryParse(claim, CultureInfo.InvariantCulture, out var id))
        {
            return Missing(http);
        }

        var isConditional = ClaimTags.IsConditional(http, out refusal);
        if (refusal is not null)
        {
            return refusal;
        }

        isConditional = isConditional && !ClaimTags.MatchesAny(http);
        var expected = isConditional ? ClaimTags.VersionOf(http, id) : null;
        if (isConditional && expected is null)
        {
            return ClaimTags.Failed(http);
        }

        if (!TryDecide(reviewer, expected, body.Reason, out var decision))
        {
            return Problems.Of(
                http,
                DomainVerificationWebErrorCodes.ReasonInvalid,
                $"A reason is a text of at most {TransferReviewDecision.MaximumReasonLength} characters.");
        }

        var result = await decide(Service(http), id, decision, http.RequestAborted).ConfigureAwait(false);
        return Answer(http, result, isConditional);
    }

    private static IResult Answer(HttpContext http, TransferReviewResult result, bool isConditional)
    {
        if (result.Error is { } error)
        {
            return isConditional && error.Code is DomainVerificationErrorCodes.ReviewStale or DomainVerificationErrorCodes.VersionConflict
                ? Problems.Of(http, error, StatusCodes.Status412PreconditionFailed)
                : Problems.Of(http, error);
        }

        var claim = result.Claim!;
        ClaimTags.Tag(http, claim.Id, claim.Version);
        var answer = new DecisionAnswer { Claim = ClaimResource.Of(claim), RestoredClaim = result.Restored?.Id.ToString() };
        return TypedResults.Json(answer, WebJson.Default.DecisionAnswer);
    }

    private static async Task<(ClaimActor? Reviewer, IResult? Refusal)> AdmitAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await RequestClaimants.FindReviewerAsync(http).ConfigureAwait(false) is { } reviewer
            ? (reviewer, null)
            : (null, ClaimCall.Unknown(http));
    }

    private static bool TryDecide(
        ClaimActor reviewer,
        long? version,
        string? reason,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TransferReviewDecision? decision)
    {
        try
        {
            decision = new TransferReviewDecision(reviewer, version, reason);
            return true;
        }
        catch (ArgumentException)
        {
            decision = null;
            return false;
        }
    }

    private static IResult Missing(HttpContext http) => Problems.Of(
        http,
        DomainVerificationErrorCodes.ReviewNotFound,
        "There is no review of this claim. It was decided, has expired or was closed.");

    private static ITransferReviews Service(HttpContext http) => http.RequestServices.GetRequiredService<ITransferReviews>();
}
