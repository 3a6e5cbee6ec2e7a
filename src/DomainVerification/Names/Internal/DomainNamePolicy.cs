using DomainVerification.PublicSuffixes;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Names.Internal;

/// <summary>Decides which names can be claimed, and what a request for a name claims.</summary>
internal sealed class DomainNamePolicy(IPublicSuffixList suffixes)
{
    /// <summary>
    /// Top-level domains that never belong to anybody in the public DNS (RFC 6761, RFC 6762, RFC 7686, RFC 9476, RFC 3172).
    /// </summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "alt", "arpa", "invalid", "local", "localhost", "onion",
    };

    /// <summary>Why a profile does not accept a name; <see langword="null"/> where it does.</summary>
    public DomainVerificationError? Check(DomainVerificationOptions profile, DomainName name)
    {
        var labels = name.Value.Split('.');
        if (Reserved.Contains(labels[^1]))
        {
            return new DomainVerificationError(Codes.DomainReserved, $"Names under .{labels[^1]} are reserved and belong to nobody.");
        }

        if (profile.DeniedDomains.Any(denied => IsAtOrBelow(name, denied)))
        {
            return new DomainVerificationError(Codes.DomainDenied, $"The domain {name.Unicode} cannot be claimed here.");
        }

        var match = suffixes.Find(name.Value);
        var isSuffix = match.RegistrableStart < 0;
        return match.Division switch
        {
            PublicSuffixDivision.Icann when isSuffix => new(
                Codes.DomainIsPublicSuffix,
                $"{name.Unicode} is a public suffix, under which anybody can register names. Claim a domain below it."),
            PublicSuffixDivision.Private when isSuffix && !profile.AllowPrivateSuffixes => new(
                Codes.DomainIsPrivateSuffix,
                $"{name.Unicode} is shared by many independent sites. Claim your own domain below it."),
            PublicSuffixDivision.Unlisted when !profile.AllowUnlistedSuffixes => new(
                Codes.DomainTldUnlisted,
                $".{labels[^1]} is not a top-level domain of the public DNS. Check the spelling of {name.Unicode}."),
            _ => null,
        };
    }

    /// <summary>The domain that a request for a name claims.</summary>
    public DomainName Subject(DomainVerificationOptions profile, DomainName name) =>
        profile.Subject == ClaimSubject.RegistrableDomain ? Zone(name) : name;

    /// <summary>The registrable domain of a name, or the name itself where it is a suffix.</summary>
    public DomainName Zone(DomainName name) => suffixes.GetRegistrableDomain(name) ?? name;

    private static bool IsAtOrBelow(DomainName name, string denied) =>
        DomainName.TryParse(denied, out var other, out _) && (name.Equals(other) || name.IsSubdomainOf(other));
}
