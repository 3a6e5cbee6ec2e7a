using System.Globalization;
using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>Puts the extended errors of servers (RFC 8914, and IANA's registry of them) into words.</summary>
internal static class ExtendedError
{
    private const string Prefix = "extended_error_";

    /// <summary>A half-sentence that begins with a colon, from the last server that said more; empty where none did.</summary>
    public static string Explain(DnsLookup lookup)
    {
        for (var i = lookup.Attempts.Count - 1; i >= 0; i--)
        {
            if (lookup.Attempts[i].Detail is { } detail
                && detail.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(detail.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && Words(code) is { } words)
            {
                return $": {words}";
            }
        }

        return string.Empty;
    }

    private static string? Words(int code) => code switch
    {
        1 => "its DNSSEC keys are of an unsupported algorithm",
        2 => "its DS records are of an unsupported kind",
        6 => "its DNSSEC signatures do not validate",
        7 => "its DNSSEC signatures have expired",
        8 => "its DNSSEC signatures are not valid yet",
        9 => "a DNSKEY record that its DS records ask for is missing",
        10 => "DNSSEC signatures are missing",
        11 => "none of its DNSSEC keys is a zone key",
        12 => "the DNSSEC proof that something does not exist is missing",
        13 => "the server remembers an earlier failure",
        14 => "the server is not ready",
        22 => "no name server of the zone could be reached",
        23 => "a network error on the way to the zone's name servers",
        _ => null,
    };
}
