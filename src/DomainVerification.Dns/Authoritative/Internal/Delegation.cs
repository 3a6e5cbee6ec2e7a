using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>
/// The delegation of a zone, as a server of a zone above it tells it. Addresses are taken only for names that the telling server has a say
/// in; all others are looked up.
/// </summary>
/// <param name="Zone">The apex of the delegated zone.</param>
/// <param name="Hosts">The names of its servers, each with the addresses that are known.</param>
/// <param name="TimeToLive">How long it holds.</param>
internal sealed record Delegation(DnsName Zone, IReadOnlyList<DelegatedHost> Hosts, TimeSpan TimeToLive)
{
    /// <summary>The most name servers of one zone that are heeded.</summary>
    public const int MaxHosts = 13;

    /// <summary>The most addresses of one name server, of both kinds together.</summary>
    public const int MaxAddressesOfHost = 4;

    /// <summary>
    /// Reads a referral, or the NS records that a server gives of a zone below the one it was asked for because it serves both. False where
    /// the response leads nowhere: not below the zone that was asked, or not towards the name.
    /// </summary>
    /// <param name="response">What the server said.</param>
    /// <param name="asked">The zone whose server it is; what it says of names outside is not heeded.</param>
    /// <param name="name">The name that is looked for.</param>
    /// <param name="delegation">What was read.</param>
    public static bool TryRead(DnsMessage response, DnsName asked, DnsName name, [NotNullWhen(true)] out Delegation? delegation)
    {
        delegation = null;
        if (response.ResponseCode != DnsResponseCode.NoError)
        {
            return false;
        }

        var isAnswer = response.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer);
        if (!isAnswer && !NegativeAnswer.IsReferral(response))
        {
            return false;
        }

        if (NameServersIn(isAnswer ? response.Answers : response.Authorities) is not { Count: > 0 } servers)
        {
            return false;
        }

        var zone = servers[0].Name;
        var leadsOn = zone.LabelCount > asked.LabelCount && zone.IsSubdomainOf(asked) && name.IsSubdomainOf(zone);
        if (!leadsOn || servers.Exists(server => server.Name != zone))
        {
            return false;
        }

        delegation = new Delegation(zone, HostsOf(response, asked, servers), servers.Min(server => server.TimeToLive));
        return true;
    }

    /// <summary>Reads the servers of the root out of the answer of one of them (RFC 9609).</summary>
    public static bool TryReadRoot(DnsMessage response, [NotNullWhen(true)] out Delegation? delegation)
    {
        var servers = response.Answers.OfType<DnsNsRecord>().Where(server => server.Name == DnsName.Root).ToList();
        var isHeeded = servers.Count > 0
            && response.ResponseCode == DnsResponseCode.NoError
            && response.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer);
        delegation = isHeeded
            ? new Delegation(DnsName.Root, HostsOf(response, DnsName.Root, servers), servers.Min(server => server.TimeToLive))
            : null;
        return isHeeded;
    }

    private static List<DnsNsRecord>? NameServersIn(IReadOnlyList<DnsRecord> records)
    {
        List<DnsNsRecord>? servers = null;
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is DnsNsRecord server)
            {
                (servers ??= []).Add(server);
            }
        }

        return servers;
    }

    private static List<DelegatedHost> HostsOf(DnsMessage response, DnsName asked, List<DnsNsRecord> servers) =>
    [
        .. servers
            .Select(server => server.Server)
            .Distinct()
            .Take(MaxHosts)
            .Select(host => new DelegatedHost(host, host.IsSubdomainOf(asked) ? Glue(response, host) : [])),
    ];

    private static List<IPAddress> Glue(DnsMessage response, DnsName host) =>
    [
        .. response.Additionals
            .Where(record => record.Name == host && record.Class == DnsRecordClass.Internet)
            .Select(AddressOf)
            .OfType<IPAddress>()
            .Distinct()
            .Take(MaxAddressesOfHost),
    ];

    /// <summary>The address that a record holds; null for all that hold none.</summary>
    public static IPAddress? AddressOf(DnsRecord record) => record switch
    {
        DnsARecord a => a.Address,
        DnsAaaaRecord aaaa => aaaa.Address,
        _ => null,
    };
}

/// <summary>A server that a zone is delegated to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Addresses">The addresses that came with the delegation; empty where they have to be looked up.</param>
internal sealed record DelegatedHost(DnsName Name, IReadOnlyList<IPAddress> Addresses);
