using System.Globalization;
using DomainVerification.AspNetCore.Conditions.Internal;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DomainVerification.AspNetCore.Errors.Internal;

/// <summary>Makes the answers to what is refused.</summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    /// <summary>The one answer for every claim that the caller has not, whatever the reason.</summary>
    private static readonly DomainVerificationError _missing =
        new(DomainVerificationErrorCodes.ClaimNotFound, "There is no such claim.");

    public static IResult Missing(HttpContext http) => Of(http, _missing);

    public static IResult Of(HttpContext http, string code, string detail) => Of(http, new DomainVerificationError(code, detail));

    public static IResult Of(
        HttpContext http,
        DomainVerificationError error,
        int? status = null,
        ClaimResource? claim = null,
        ReportResource? report = null)
    {
        var code = status ?? ErrorStatuses.Of(error.Code);
        if (ErrorStatuses.IsAboutTheRequest(error.Code))
        {
            // Nothing was done: whoever mends the request may send it under the same key.
            http.Features.Get<IIdempotentRun>()?.Forget();
        }

        var types = http.RequestServices.GetRequiredService<IOptions<DomainVerificationWebOptions>>().Value.ProblemTypeBase;
        var problem = new Problem
        {
            Type = types is null ? "about:blank" : types.AbsoluteUri + error.Code,
            Title = ReasonPhrases.GetReasonPhrase(code),
            Status = code,
            Detail = error.Message,
            Code = error.Code,
            Claim = claim,
            Report = report,
        };
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(problem, WebJson.Default.Problem, MediaType, code);
    }

    /// <summary>The answer to a call of the manager that was not done.</summary>
    /// <param name="http">The request.</param>
    /// <param name="result">What the call came to.</param>
    /// <param name="isConditional">Whether the caller named the state that it has seen, so that another state fails its condition.</param>
    /// <param name="now">The present instant.</param>
    public static IResult Of(HttpContext http, ClaimResult result, bool isConditional, DateTimeOffset now)
    {
        var error = result.Error!;
        if (error.Code == DomainVerificationErrorCodes.ClaimNotFound)
        {
            return Missing(http);
        }

        if (isConditional && error.Code == DomainVerificationErrorCodes.VersionConflict)
        {
            return ClaimTags.Failed(http);
        }

        var claim = result.Claim is { } found ? ClaimResource.Of(found) : null;
        var report = result.Report is { } seen ? ReportResource.Of(seen, result.Claim) : null;
        if (WaitOf(result, now) is { } wait)
        {
            http.Response.Headers[HeaderNames.RetryAfter] =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        }

        return Of(http, error, claim: claim, report: report);
    }

    /// <summary>
    /// After what time the same request may come to something else; <see langword="null"/> where time alone changes nothing.
    /// </summary>
    private static TimeSpan? WaitOf(ClaimResult result, DateTimeOffset now) => result switch
    {
        { Report: { Outcome: not ProofOutcome.Proved } report, Claim: var claim } =>
            report.RetryAfter ?? (ClaimResource.NextCheck(claim) - now) ?? DefaultWait,
        { RetryAfter: { } wait } => wait,
        { Error.Code: DomainVerificationErrorCodes.TransferWaiting, Claim.Transfer.Until: { } until } => until - now,
        _ => null,
    };

    /// <summary>Where neither the report nor the worker's plan says anything: as long as records that are made for proofs live.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(5);
}
