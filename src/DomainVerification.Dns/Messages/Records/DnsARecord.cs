using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>An A record: an IPv4 address (RFC 1035, section 3.4.1).</summary>
public sealed class DnsARecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="address">An IPv4 address.</param>
    /// <exception cref="ArgumentException">The address is of another family.</exception>
    public DnsARecord(DnsName name, TimeSpan timeToLive, IPAddress address)
        : base(name, DnsRecordType.A, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            throw new ArgumentException("An A record holds an IPv4 address.", nameof(address));
        }

        Address = address;
    }

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    internal override void WriteData(ref DnsWireWriter writer)
    {
        Span<byte> octets = stackalloc byte[4];
        Address.TryWriteBytes(octets, out _);
        writer.WriteOctets(octets);
    }
}
