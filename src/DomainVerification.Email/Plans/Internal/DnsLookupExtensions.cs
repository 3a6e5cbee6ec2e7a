using System.Diagnostics.CodeAnalysis;
using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>What a look-up says to a plan.</summary>
internal static class DnsLookupExtensions
{
    /// <summary>Whether it tells what the name holds.</summary>
    public static bool IsKnown([NotNullWhen(true)] this DnsLookup? lookup) =>
        lookup is { Status: DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain };

    /// <summary>Whether it tells that there is no such name, nor anything below it (RFC 8020).</summary>
    public static bool IsNoName([NotNullWhen(true)] this DnsLookup? lookup) =>
        lookup is { Status: DnsLookupStatus.NxDomain, Aliases.Count: 0 };

    /// <summary>Whether there is an alias that breaks the rules, or leads nowhere, without it being told which.</summary>
    public static bool IsBrokenAlias([NotNullWhen(true)] this DnsLookup? lookup) =>
        lookup is { Status: DnsLookupStatus.BadAlias or DnsLookupStatus.AliasLoop or DnsLookupStatus.AliasChainTooLong };

    /// <summary>The texts of TXT records, each once and in an order that DNS has no say in.</summary>
    public static IEnumerable<string> Texts(this DnsLookup? lookup) =>
        (lookup?.Records ?? []).OfType<DnsTxtRecord>().Select(record => record.Text).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A record as a plan lists it; null for types whose data it does not show.</summary>
    public static ExistingRecord ToExisting(this DnsRecord record, bool isReplaced = false) =>
        new(record.Type.ToString(), SafeText.Show(record.Name.ToString()), SafeText.Show(Value(record)), isReplaced);

    private static string Value(DnsRecord record) => record switch
    {
        DnsTxtRecord txt => txt.Text,
        DnsCnameRecord cname => cname.Target.ToString(),
        DnsDnameRecord dname => dname.Target.ToString(),
        DnsMxRecord mx => $"{mx.Preference} {mx.Exchange}",
        DnsNsRecord ns => ns.Server.ToString(),
        DnsARecord a => a.Address.ToString(),
        DnsAaaaRecord aaaa => aaaa.Address.ToString(),
        _ => string.Empty,
    };
}
