using System.Globalization;
using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DomainVerification.AspNetCore.Conditions.Internal;

/// <summary>Conditional requests (RFC 9110, section 13) on claims and cases, whose tag is made of identity and version.</summary>
internal static class ClaimTags
{
    public static string TagOf(ClaimId id, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{id.Value:N}-{version}\"");

    /// <summary>Puts the tag of the state that is answered into the response.</summary>
    public static void Tag(HttpContext http, ClaimId id, long version) => http.Response.Headers.ETag = TagOf(id, version);

    /// <summary>Whether the caller has this state already.</summary>
    public static bool IsKnown(HttpContext http, ClaimId id, long version)
    {
        var header = http.Request.Headers.IfNoneMatch;
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
        {
            return false;
        }

        var own = new EntityTagHeaderValue(TagOf(id, version));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }

    /// <summary>
    /// Whether the request names the state that it is about; or the answer where it must and does not. A header that cannot be read is a
    /// condition that does not hold.
    /// </summary>
    public static bool IsConditional(HttpContext http, out IResult? refusal)
    {
        var isGiven = http.Request.Headers.IfMatch.Count > 0;
        var isRequired = http.RequestServices.GetRequiredService<IOptions<DomainVerificationWebOptions>>().Value.RequireIfMatch;
        refusal = isRequired && !isGiven
            ? Problems.Of(
                http,
                DomainVerificationWebErrorCodes.PreconditionRequired,
                "Name the state that you have seen: send its ETag as If-Match.")
            : null;
        return isGiven;
    }

    /// <summary>Whether <c>If-Match</c> names any state at all.</summary>
    public static bool MatchesAny(HttpContext http) => Tags(http).Any(tag => tag.Equals(EntityTagHeaderValue.Any));

    /// <summary>Whether <c>If-Match</c> names this state.</summary>
    public static bool Matches(HttpContext http, ClaimId id, long version)
    {
        var own = new EntityTagHeaderValue(TagOf(id, version));
        return Tags(http).Any(tag => tag.Compare(own, useStrongComparison: true));
    }

    /// <summary>The version that <c>If-Match</c> names of a claim, where it names exactly one; <see langword="null"/> otherwise.</summary>
    public static long? VersionOf(HttpContext http, ClaimId id)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"\"{id.Value:N}-");
        return Tags(http) is [{ IsWeak: false } only]
            && only.Tag.Value is { } text
            && text.StartsWith(start, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(start.Length).TrimEnd('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
    }

    public static IResult Failed(HttpContext http) => Problems.Of(
        http,
        DomainVerificationWebErrorCodes.PreconditionFailed,
        "The state that If-Match names is not the present one. Read it again and decide anew.");

    private static IList<EntityTagHeaderValue> Tags(HttpContext http) =>
        EntityTagHeaderValue.TryParseStrictList(http.Request.Headers.IfMatch, out var tags) ? tags : [];
}
