using DomainVerification.Dns;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>A server that zones are added to while it runs.</summary>
public abstract class AuthoritativeServer : RealServer
{
    private int _zones;

    /// <summary>The name that the server gives itself (NSID, RFC 5001).</summary>
    internal string Identity => Program;

    /// <summary>Adds a zone of its own to the test, and waits until it is served.</summary>
    /// <param name="records">
    /// Its records in the syntax of zone files (RFC 1035, section 5), relative to the zone, without SOA and NS; their time to live is 60 s
    /// unless they say so.
    /// </param>
    internal Task<ServerZone> AddZoneAsync(params string[] records) => AddZoneAsync(TimeSpan.FromMinutes(1), records);

    /// <summary>The same with another minimum in the SOA record: the time to live of negative answers.</summary>
    internal Task<ServerZone> AddZoneAsync(TimeSpan minimum, params string[] records) =>
        AddZoneAsync(new ServerZone(this, $"z{Interlocked.Increment(ref _zones)}.example", minimum), records);

    /// <summary>Adds a zone of that name and with those name servers.</summary>
    internal Task<ServerZone> AddZoneAsync(string name, IReadOnlyList<string> nameServers, params string[] records) =>
        AddZoneAsync(new ServerZone(this, name, TimeSpan.FromMinutes(1)) { NameServers = nameServers }, records);

    private async Task<ServerZone> AddZoneAsync(ServerZone zone, string[] records)
    {
        zone.Records.AddRange(records);
        WriteZone(zone);
        await ServeAsync(zone);
        await WaitForAsync(zone);
        return zone;
    }

    /// <summary>Publishes records as the server's users do, and waits until they are served.</summary>
    internal abstract Task PublishAsync(ServerZone zone, IReadOnlyList<string> records);

    /// <summary>Tells the server to serve a zone whose file is written.</summary>
    private protected abstract Task ServeAsync(ServerZone zone);

    private protected static string FileOf(ServerZone zone) => $"{zone.Name}.zone";

    private protected void WriteZone(ServerZone zone) => Write(FileOf(zone), zone.Text);

    /// <summary>Waits until the server answers with the zone's serial number, or a later one, so many times in a row.</summary>
    private protected Task WaitForAsync(ServerZone zone, int times = 1)
    {
        var query = new DnsQuery(new DnsQuestion(DnsName.Parse(zone.Origin), DnsRecordType.SOA), default, null);
        var inARow = 0;
        return Polling.UntilAsync(
            () => AskOnceAsync(query),
            answer => (inARow = answer?.Answers is [DnsSoaRecord soa] && soa.Serial >= zone.Serial ? inARow + 1 : 0) == times,
            answer => $"{Program} does not serve {zone.Name} with serial {zone.Serial}, but {answer?.ResponseCode}.\n{Log}");
    }

    /// <summary>The commands of a dynamic update (RFC 2136), as <c>nsupdate</c> and <c>knsupdate</c> both read them.</summary>
    private protected string Update(ServerZone zone, IReadOnlyList<string> records) =>
        $"""
        server {Endpoint.Address} {Endpoint.Port}
        zone {zone.Name}.
        {string.Join('\n', records.Select(record => $"update add {zone.Absolute(record)}"))}
        send

        """;
}
