using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>Reads the OPT pseudo record (RFC 6891, section 6.1).</summary>
internal static class DnsEdnsReader
{
    private static readonly IReadOnlyList<DnsEdnsOption> NoOptions = [];

    // What nearly every server sends.
    private static readonly DnsEdns Usual = new();

    public static bool TryRead(ref DnsWireReader reader, in DnsRecordHeader header, [NotNullWhen(true)] out DnsEdns? edns)
    {
        edns = null;
        if (reader.Error.Kind != DnsReadErrorKind.None)
        {
            return false;
        }

        if (header.Name.LabelCount != 0)
        {
            return reader.Fail(DnsReadErrorKind.BadEdns);
        }

        if (header.DataLength > reader.Remaining)
        {
            return reader.Fail(DnsReadErrorKind.Truncated);
        }

        List<DnsEdnsOption>? options = null;
        var end = reader.Position + header.DataLength;
        while (reader.Position < end)
        {
            // A length that leaves the record would read the octets of another.
            if (end - reader.Position < 4 || !reader.TryReadUInt16(out var code) || !reader.TryReadUInt16(out var length))
            {
                return reader.Fail(DnsReadErrorKind.BadEdns);
            }

            if (length > end - reader.Position || !reader.TryReadOctets(length, out var data))
            {
                return reader.Fail(DnsReadErrorKind.BadEdns);
            }

            options ??= [];
            if (options.Count == DnsMessageReader.MaxEdnsOptions)
            {
                return reader.Fail(DnsReadErrorKind.BadEdns);
            }

            options.Add(new DnsEdnsOption((DnsEdnsOptionCode)code, data.ToArray()));
        }

        var version = (byte)(header.RawTimeToLive >> 16);
        var flags = (DnsEdnsFlags)(ushort)header.RawTimeToLive;
        var isUsual = options is null && (ushort)header.Class == Usual.UdpPayloadSize && version == Usual.Version && flags == Usual.Flags;
        edns = isUsual ? Usual : new DnsEdns
        {
            UdpPayloadSize = (ushort)header.Class,
            Version = version,
            Flags = flags,
            Options = options ?? NoOptions,
        };
        return true;
    }
}
