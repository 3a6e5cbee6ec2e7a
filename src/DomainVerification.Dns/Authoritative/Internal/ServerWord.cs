namespace DomainVerification.Dns;

/// <summary>
/// What one server of a zone says to a question: read out of the records of its zone alone, since of all others it knows no more than
/// anybody.
/// </summary>
/// <param name="Status">How the server answers, as far as its zone goes.</param>
/// <param name="Records">The records that were asked for.</param>
/// <param name="Aliases">The aliases within the zone, the last of which may lead out of it.</param>
internal sealed record ServerWord(DnsLookupStatus Status, IReadOnlyList<DnsRecord> Records, IReadOnlyList<DnsAlias> Aliases)
{
    private string? _path;

    /// <summary>Whether the aliases lead on, to a name that the server said nothing of.</summary>
    public bool LeadsOn { get; private init; }

    /// <summary>Why the status is what it is, as a stable code.</summary>
    public string? Detail { get; private init; }

    /// <summary>How long a negative answer holds.</summary>
    public TimeSpan? NegativeTtl { get; private init; }

    /// <summary>The serial of the zone; null where the answer does not tell.</summary>
    public uint? Serial { get; init; }

    /// <summary>The way along the aliases, equal for all who say the same.</summary>
    public string Path => _path ??= Aliases.Count == 0
        ? string.Empty
        : string.Join(' ', Aliases.Select(alias => alias.Target.ToString().ToLowerInvariant()));

    /// <summary>Reads what a server with authority answered.</summary>
    /// <param name="response">The response; its code says that there is the name, or that there is not.</param>
    /// <param name="zone">The zone that it answers for.</param>
    /// <param name="question">What it was asked.</param>
    public static ServerWord Read(DnsMessage response, DnsName zone, DnsQuestion question)
    {
        var chain = new AliasChain(question);
        var walk = chain.Follow(Within(zone, response.Answers));
        var soa = response.Rest is null ? SerialOf(response.Authorities, zone) : null;
        if (walk.Status != DnsLookupStatus.NoData)
        {
            var isDenied = walk.Status == DnsLookupStatus.Answered && response.ResponseCode == DnsResponseCode.NxDomain;
            return isDenied
                ? new ServerWord(DnsLookupStatus.Malformed, [], chain.Aliases) { Detail = "nxdomain_with_data", Serial = soa }
                : new ServerWord(walk.Status, walk.Records, chain.Aliases) { Detail = walk.Detail, Serial = soa };
        }

        // The code is about the end of the aliases (RFC 6604), which is the server's to deny only within its zone.
        var isOwn = chain.End.IsSubdomainOf(zone);
        var negativeTtl = isOwn ? NegativeAnswer.FindTimeToLive(response.Authorities, chain.End) : null;
        var isDenial = isOwn && response.ResponseCode == DnsResponseCode.NxDomain;
        return new ServerWord(isDenial ? DnsLookupStatus.NxDomain : DnsLookupStatus.NoData, [], chain.Aliases)
        {
            LeadsOn = !isDenial && negativeTtl is null && chain.Aliases.Count > 0,
            NegativeTtl = negativeTtl,
            Serial = soa,
        };
    }

    /// <summary>The serial in the SOA record of the zone; null where there is none.</summary>
    public static uint? SerialOf(IReadOnlyList<DnsRecord> records, DnsName zone)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is DnsSoaRecord soa && soa.Name == zone)
            {
                return soa.Serial;
            }
        }

        return null;
    }

    private static IReadOnlyList<DnsRecord> Within(DnsName zone, IReadOnlyList<DnsRecord> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (!records[i].Name.IsSubdomainOf(zone))
            {
                return OnlyWithin(zone, records);
            }
        }

        return records;
    }

    private static List<DnsRecord> OnlyWithin(DnsName zone, IReadOnlyList<DnsRecord> records) =>
        [.. records.Where(record => record.Name.IsSubdomainOf(zone))];
}
