using System.Net;
using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>Where a redirect leads, or why it is not followed.</summary>
/// <param name="Target">The next URL.</param>
/// <param name="Code">One of <see cref="ProofDiagnosisCodes"/> where it is not followed.</param>
/// <param name="Why">How the redirect is, as the end of a sentence.</param>
internal sealed record RedirectStep(Uri? Target, string? Code = null, string Why = "");

/// <summary>
/// The redirects of one check, by the rules of the CA/Browser Forum (Baseline Requirements, section 3.2.2.4.19): 301, 302, 307 and 308, to
/// http or https, on the ports 80 and 443, no URL twice, and not too many.
/// </summary>
internal sealed class Redirects(Uri first, IPublicSuffixList suffixes)
{
    private const int MaximumUrl = 2000;

    private readonly List<Uri> _visited = [first];

    /// <summary>The URLs behind the first one, in order.</summary>
    public IEnumerable<Uri> Followed => _visited.Skip(1);

    private bool IsStrict => first.Scheme == Uri.UriSchemeHttps;

    public RedirectStep Next(int status, string? location)
    {
        if (status is not (301 or 302 or 307 or 308))
        {
            return Refused($"with the status {status}, which is not followed");
        }

        if (location is null)
        {
            return Refused("without saying where to");
        }

        if (Read(location) is not { } target)
        {
            return Refused("to something that is no URL");
        }

        if (WhyNot(target) is { } why)
        {
            return Refused(why);
        }

        if (_visited.Contains(target))
        {
            return new RedirectStep(null, Codes.RedirectLoop);
        }

        if (_visited.Count > HttpFileProofOptions.MaximumRedirects)
        {
            return new RedirectStep(null, Codes.TooManyRedirects);
        }

        _visited.Add(target);
        return new RedirectStep(target);
    }

    private static RedirectStep Refused(string why) => new(null, Codes.RedirectRefused, why);

    /// <summary>The URL without its fragment, which no request carries.</summary>
    private Uri? Read(string location) =>
        location.Length <= MaximumUrl
        && location.All(c => c is > ' ' and <= '~')
        && Uri.TryCreate(_visited[^1], location, out var target)
        && target.IsAbsoluteUri
            ? new Uri(target.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped))
            : null;

    private string? WhyNot(Uri target)
    {
        if (target.Scheme != Uri.UriSchemeHttp && target.Scheme != Uri.UriSchemeHttps)
        {
            return "to something else than http or https";
        }

        if (IsStrict && target.Scheme == Uri.UriSchemeHttp)
        {
            return "from https back to http";
        }

        if (target.UserInfo.Length > 0)
        {
            return "to a URL with a user name in it";
        }

        if (target.Port is not (80 or 443))
        {
            return $"to the port {target.Port}, which is neither 80 nor 443";
        }

        return target.HostNameType switch
        {
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => IPAddress.TryParse(target.DnsSafeHost, out var literal)
                && SpecialPurposeAddresses.Contains(literal) ? "to an address that is not public" : null,
            UriHostNameType.Dns => IsPublicName(target.IdnHost) ? null : "to a name that is not of the public DNS",
            _ => "to something that is no host",
        };
    }

    /// <summary>
    /// Names below a top-level domain that the public DNS does not have lead to what only our resolver knows. A host that accepts claims of
    /// such names has its reasons, so there they are followed.
    /// </summary>
    private bool IsPublicName(string host) =>
        DomainName.TryParse(host, out var name, out _)
        && (suffixes.Find(name.Value).Division != PublicSuffixDivision.Unlisted
            || suffixes.Find(first.IdnHost).Division == PublicSuffixDivision.Unlisted);
}
