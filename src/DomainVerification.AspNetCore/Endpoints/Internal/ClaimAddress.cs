using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>
/// Where a claim is found, told from where the request went, so that groups can be nested and have parameters of their own.
/// </summary>
internal static class ClaimAddress
{
    public const string ByDomain = "by-domain";

    /// <summary>From the address that claims are requested at.</summary>
    public static string FromList(HttpContext http, ClaimId id) => Below(http, http.Request.Path.Value ?? string.Empty, id);

    /// <summary>From the address of a claim by its domain.</summary>
    public static string FromDomain(HttpContext http, ClaimId id)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        return Below(http, path[..Math.Max(0, path.LastIndexOf($"/{ByDomain}/", StringComparison.OrdinalIgnoreCase))], id);
    }

    private static string Below(HttpContext http, string parent, ClaimId id) =>
        $"{http.Request.PathBase.ToUriComponent()}{new PathString(parent.TrimEnd('/')).ToUriComponent()}/{id}";
}
