namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>A zone on a server.</summary>
internal sealed class ServerZone(AuthoritativeServer server, string name, TimeSpan minimum)
{
    /// <summary>The zone's name, without a final dot.</summary>
    internal string Name { get; } = name;

    /// <summary>The zone's name; a dot for the root, whose <see cref="Name"/> is empty.</summary>
    internal string Origin => Name.Length == 0 ? "." : Name;

    /// <summary>The NS records of the zone, and the addresses that belong to them.</summary>
    internal IReadOnlyList<string> NameServers { get; init; } = ["@ IN NS ns", "ns IN A 127.0.0.1"];

    internal uint Serial { get; private set; } = 1;

    internal List<string> Records { get; } = [];

    /// <summary>The zone as a file.</summary>
    internal string Text =>
        $"""
        $ORIGIN {Name}.
        $TTL 60
        @ IN SOA ns hostmaster {Serial} 3600 600 86400 {minimum.TotalSeconds:0}
        {string.Join('\n', NameServers)}
        {string.Join('\n', Records)}

        """;

    /// <summary>Publishes records, as the zone's owner does.</summary>
    internal Task AddAsync(params string[] records)
    {
        Records.AddRange(records);
        Serial++;
        return server.PublishAsync(this, records);
    }

    /// <summary>Publishes what instructions say.</summary>
    internal Task PublishAsync(ChallengeInstructions instructions, string timeToLive = "60") =>
        AddAsync(instructions.RecordType == "CNAME"
            ? $"{instructions.RecordName}. {timeToLive} IN CNAME {instructions.RecordValue}."
            : $"{instructions.RecordName}. {timeToLive} IN TXT \"{instructions.RecordValue}\"");

    /// <summary>A record with its owner's whole name and its time to live.</summary>
    internal string Absolute(string record)
    {
        var parts = record.Split(' ', 3);
        var owner = parts[0] == "@" ? $"{Name}." : parts[0].EndsWith('.') ? parts[0] : $"{parts[0]}.{Name}.";
        return parts[1] == "IN" ? $"{owner} 60 IN {parts[2]}" : $"{owner} {parts[1]} {parts[2]}";
    }
}
