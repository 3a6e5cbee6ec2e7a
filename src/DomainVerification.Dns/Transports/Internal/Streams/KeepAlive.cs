using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>What client and server say of the idle time of their connection (RFC 7828). It has no place in queries over UDP.</summary>
internal static class KeepAlive
{
    private const int TimeoutLength = 2;

    private static readonly TimeSpan Unit = TimeSpan.FromMilliseconds(100);

    /// <summary>The query with the option, which is empty in queries; one without EDNS, or that has it, stays as it is.</summary>
    public static DnsQuery Ask(DnsQuery query) => Find(query.Edns) is null
        ? QueryOptions.Append(query, DnsEdnsOptionCode.TcpKeepalive, ReadOnlyMemory<byte>.Empty)
        : query;

    /// <summary>For how long the server keeps the connection without queries; null where it does not say so in a proper way.</summary>
    public static TimeSpan? Read(DnsEdns? edns) => Find(edns) is { Data: { Length: TimeoutLength } data }
        ? BinaryPrimitives.ReadUInt16BigEndian(data.Span) * Unit
        : null;

    private static DnsEdnsOption? Find(DnsEdns? edns)
    {
        var options = edns?.Options ?? [];
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Code == DnsEdnsOptionCode.TcpKeepalive)
            {
                return options[i];
            }
        }

        return null;
    }
}
