using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>An AAAA record: an IPv6 address (RFC 3596, section 2.2).</summary>
public sealed class DnsAaaaRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="address">An IPv6 address.</param>
    /// <exception cref="ArgumentException">The address is of another family.</exception>
    public DnsAaaaRecord(DnsName name, TimeSpan timeToLive, IPAddress address)
        : base(name, DnsRecordType.AAAA, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            throw new ArgumentException("An AAAA record holds an IPv6 address.", nameof(address));
        }

        Address = address;
    }

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    internal override void WriteData(ref DnsWireWriter writer)
    {
        Span<byte> octets = stackalloc byte[16];
        Address.TryWriteBytes(octets, out _);
        writer.WriteOctets(octets);
    }
}
