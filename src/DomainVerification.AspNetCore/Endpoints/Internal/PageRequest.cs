using System.Globalization;
using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="After">After which one.</param>
internal sealed record PageRequest(int Size, ClaimId? After)
{
    public static (PageRequest? Page, IResult? Refusal) Read(HttpContext http, string? limit, string? after)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<DomainVerificationWebOptions>>().Value;
        var size = options.DefaultPageSize;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size)
                || size < 1
                || size > options.MaximumPageSize))
        {
            return (null, Problems.Of(
                http,
                DomainVerificationWebErrorCodes.PageSizeInvalid,
                $"A page has from 1 to {options.MaximumPageSize} entries."));
        }

        if (after is null)
        {
            return (new PageRequest(size, null), null);
        }

        return ClaimId.TryParse(after, CultureInfo.InvariantCulture, out var cursor)
            ? (new PageRequest(size, cursor), null)
            : (null, Problems.Of(
                http,
                DomainVerificationWebErrorCodes.CursorInvalid,
                "Send as after what the page before gave as next, and nothing else."));
    }
}
