using System.Net;

namespace DomainVerification.Dns;

/// <summary>
/// Reads the servers of a resolv.conf file. Of its other lines none is heeded: <c>options timeout</c> and <c>attempts</c> because
/// <see cref="DnsResolverOptions"/> decides, <c>search</c> because names here are always absolute.
/// </summary>
internal static class ResolvConf
{
    /// <summary>As many as the C library asks.</summary>
    public const int MaxServers = 3;

    public static IReadOnlyList<DnsServerEndpoint> Parse(string content)
    {
        List<DnsServerEndpoint> servers = [];
        foreach (var line in content.AsSpan().EnumerateLines())
        {
            if (servers.Count < MaxServers && TryParseLine(line, out var address))
            {
                servers.Add(new DnsServerEndpoint(address!));
            }
        }

        return servers;
    }

    private static bool TryParseLine(ReadOnlySpan<char> line, out IPAddress? address)
    {
        const string Keyword = "nameserver";
        address = null;
        if (!line.StartsWith(Keyword, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = line[Keyword.Length..];
        if (rest.IsEmpty || rest[0] is not (' ' or '\t'))
        {
            return false;
        }

        rest = rest.Trim();
        var end = rest.IndexOfAny(" \t#;");
        return IPAddress.TryParse(end < 0 ? rest : rest[..end], out address);
    }
}
