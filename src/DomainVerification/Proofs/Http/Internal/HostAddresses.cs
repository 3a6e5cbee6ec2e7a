using System.Net;
using DomainVerification.Dns;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>Where a host can be connected to, or the code of why nowhere.</summary>
/// <param name="Addresses">At most one address of each family, the IPv6 one first.</param>
/// <param name="Code">One of <see cref="ProofDiagnosisCodes"/> where there are none.</param>
/// <param name="NegativeTtl">How long the answer that there are none holds.</param>
internal sealed record HostLookup(IReadOnlyList<IPAddress> Addresses, string? Code = null, TimeSpan? NegativeTtl = null);

/// <summary>Finds the addresses of a host through the SDK's resolver, and leaves out those that must not be connected to.</summary>
internal sealed class HostAddresses(IDnsResolver resolver)
{
    public async Task<HostLookup> FindAsync(Uri url, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var literal))
        {
            return Public([literal]);
        }

        var name = DnsName.Parse(url.IdnHost.TrimEnd('.'));
        var asking = new[] { DnsRecordType.AAAA, DnsRecordType.A }
            .Select(type => resolver.ResolveAsync(new DnsQuestion(name, type), cancellationToken).AsTask());
        var lookups = await Task.WhenAll(asking).ConfigureAwait(false);
        var found = lookups.SelectMany(lookup => lookup.Records).Select(AddressOf).OfType<IPAddress>().ToList();
        if (found.Count > 0)
        {
            return Public(found);
        }

        // A server that fails for one type and denies the other has not said that there is no address.
        return lookups.All(lookup => lookup.Status is DnsLookupStatus.NxDomain or DnsLookupStatus.NoData)
            ? new HostLookup([], Codes.HostNotFound, lookups.Min(lookup => lookup.DenialRemains))
            : new HostLookup([], Codes.HostLookupFailed);
    }

    private static HostLookup Public(List<IPAddress> found)
    {
        var allowed = found.Where(address => !SpecialPurposeAddresses.Contains(address)).DistinctBy(address => address.AddressFamily).ToList();
        return allowed.Count > 0 ? new HostLookup(allowed) : new HostLookup([], Codes.AddressRefused);
    }

    private static IPAddress? AddressOf(DnsRecord record) => record switch
    {
        DnsAaaaRecord aaaa => aaaa.Address,
        DnsARecord a => a.Address,
        _ => null,
    };
}
