using System.Security.Cryptography;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>
/// The names below the claimed domain. Each is made of the stream's label and, where there are several regions, the region, so that no two
/// identities of a holding meet at one name; the validator refuses labels for which that would not hold.
/// </summary>
internal static class IdentityNames
{
    /// <summary>The characters of a selector's random end: 80 bits, so that no former owner's leftover record can ever be hit.</summary>
    public const int RandomLength = 16;

    public const string RegionPlaceholder = "{region}";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static IReadOnlyList<EmailRegion> Regions(EmailIdentityOptions options) =>
        options.Regions.Count > 0 ? [.. options.Regions] : [EmailRegion.Default];

    /// <summary>The regions that a new holding gets identities in.</summary>
    public static IReadOnlyList<EmailRegion> UsedRegions(EmailIdentityOptions options)
    {
        var regions = Regions(options);
        return options.UsedRegions.Count == 0
            ? [regions[0]]
            : [.. options.UsedRegions.Select(id => regions.First(region => region.Id == id))];
    }

    public static EmailStreamOptions Of(EmailIdentityOptions options, SendingKind kind) =>
        kind == SendingKind.Marketing ? options.Marketing : options.Transactional;

    /// <summary>The label of a MAIL FROM or tracking name.</summary>
    public static string Label(string label, string region, int regions) => regions > 1 ? $"{label}-{region}" : label;

    /// <summary>What a selector begins with; <see cref="RandomLength"/> characters follow.</summary>
    public static string SelectorStart(EmailStreamOptions stream, string region) => $"{stream.SelectorPrefix}-{region}-";

    public static string NewSelector(EmailStreamOptions stream, string region) => SelectorStart(stream, region) + Random();

    /// <summary>A new selector beside others of the same identity, whatever the options say by now.</summary>
    public static string NextSelector(string selector) => selector[..^RandomLength] + Random();

    public static string DkimName(string selector, DomainName domain) => $"{selector}._domainkey.{domain.Value}";

    public static string DkimTarget(string selector, string zone) => $"{selector}.{zone}";

    public static string InRegion(string format, string region) => format.Replace(RegionPlaceholder, region, StringComparison.Ordinal);

    private static string Random() => RandomNumberGenerator.GetString(Alphabet, RandomLength);
}
