namespace DomainVerification.Dns;

/// <summary>What a transport adds to the queries that it carries.</summary>
internal static class QueryOptions
{
    /// <summary>The query with one more EDNS option behind the others; one without EDNS stays as it is.</summary>
    public static DnsQuery Append(DnsQuery query, DnsEdnsOptionCode code, ReadOnlyMemory<byte> data) => query.Edns is not { } edns
        ? query
        : query with
        {
            Edns = new DnsEdns
            {
                UdpPayloadSize = edns.UdpPayloadSize,
                Version = edns.Version,
                Flags = edns.Flags,
                Options = [.. edns.Options, new DnsEdnsOption(code, data)],
            },
        };
}
