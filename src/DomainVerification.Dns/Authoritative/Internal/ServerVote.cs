namespace DomainVerification.Dns;

/// <summary>What the servers of a zone say together.</summary>
/// <param name="Status">
/// The status of the answer; <see cref="DnsLookupStatus.Disputed"/> where no answer has more than half of the say.
/// </param>
/// <param name="Records">The records that more than half of those with a say have.</param>
/// <param name="Speaker">One of those that the answer is from; null where it is from nobody.</param>
/// <param name="Reports">The reports, each with its standing to the answer.</param>
internal sealed record ServerVote(
    DnsLookupStatus Status,
    IReadOnlyList<DnsRecord> Records,
    ServerWord? Speaker,
    IReadOnlyList<ServerReport> Reports)
{
    /// <summary>Whether all who speak for the zone say the same, so that their versions need not be compared.</summary>
    public static bool IsUnanimous(IReadOnlyList<ServerReport> reports)
    {
        ServerWord? first = null;
        for (var i = 0; i < reports.Count; i++)
        {
            if (reports[i].Word is not { } word)
            {
                continue;
            }

            first ??= word;
            if (!SaysTheSame(first, word))
            {
                return false;
            }
        }

        return true;
    }

    public static bool SaysTheSame(ServerWord one, ServerWord other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        return one.Status == other.Status
            && one.Records.Count == other.Records.Count
            && one.Path == other.Path
            && RecordData.AreSame(one.Records, other.Records);
    }

    /// <summary>
    /// Decides. Servers that are silent, broken, lame or behind have no say. Of the others more than half must say a thing: that the name is
    /// an alias, that a record is there, that nothing is. Records count one by one, since a set may hold some that come and go. A server is
    /// a host name, whatever addresses it has; one that contradicts itself counts, and for nothing.
    /// </summary>
    /// <param name="reports">At least one of them with a word.</param>
    public static ServerVote Of(IReadOnlyList<ServerReport> reports)
    {
        if (IsUnanimous(reports))
        {
            var word = reports.First(report => report.Word is not null).Word!;
            return new ServerVote(word.Status, word.Records, word, reports);
        }

        return Count(reports);
    }

    private static ServerVote Count(IReadOnlyList<ServerReport> reports)
    {
        var newest = Newest(reports);
        IReadOnlyList<ServerReport> judged =
            [.. reports.Select(report => IsBehind(report, newest) ? report with { Standing = DnsServerStanding.Lags } : report)];
        var hosts = judged.Where(HasSay).GroupBy(report => report.Server.HostName).Select(WordOf).ToList();
        var (status, records, speaker) = Decide([.. hosts.OfType<ServerWord>()], hosts.Count);
        return new ServerVote(status, records, speaker, [.. judged.Select(report => Judge(report, status, records, speaker))]);
    }

    private static bool HasSay(ServerReport report) => report is { Word: not null, Standing: DnsServerStanding.Agrees };

    /// <summary>What a host says at all its addresses; null where it does not say the same everywhere.</summary>
    private static ServerWord? WordOf(IEnumerable<ServerReport> host)
    {
        ServerWord? word = null;
        foreach (var report in host)
        {
            word ??= report.Word!;
            if (!SaysTheSame(word, report.Word!))
            {
                return null;
            }
        }

        return word;
    }

    private static (DnsLookupStatus Status, IReadOnlyList<DnsRecord> Records, ServerWord? Speaker) Decide(List<ServerWord> words, int hosts)
    {
        var path = words.GroupBy(word => word.Path).FirstOrDefault(group => IsMajority(group.Count(), hosts));
        if (path is null)
        {
            return (DnsLookupStatus.Disputed, [], null);
        }

        IReadOnlyList<DnsRecord> records =
        [
            .. path.SelectMany(word => word.Records.DistinctBy(RecordData.Of))
                .GroupBy(RecordData.Of)
                .Where(group => IsMajority(group.Count(), hosts))
                .Select(group => group.First()),
        ];
        if (records.Count > 0)
        {
            return (DnsLookupStatus.Answered, records, path.First(word => word.Records.Count > 0));
        }

        var status = path.Where(word => word.Status != DnsLookupStatus.Answered)
            .GroupBy(word => word.Status is DnsLookupStatus.NxDomain ? DnsLookupStatus.NoData : word.Status)
            .FirstOrDefault(group => IsMajority(group.Count(), hosts));
        if (status is null)
        {
            return (DnsLookupStatus.Disputed, [], null);
        }

        // Where servers do not say alike whether the name exists, half of them are not enough to deny it.
        var denies = IsMajority(status.Count(word => word.Status == DnsLookupStatus.NxDomain), status.Count());
        var speaker = status.First(word => word.Status == DnsLookupStatus.NxDomain == denies);
        return (speaker.Status, [], speaker);
    }

    private static ServerReport Judge(
        ServerReport report,
        DnsLookupStatus status,
        IReadOnlyList<DnsRecord> records,
        ServerWord? speaker)
    {
        if (!HasSay(report))
        {
            return report;
        }

        var word = report.Word!;
        var agrees = speaker is not null
            && word.Path == speaker.Path
            && word.Status == status
            && RecordData.AreSame(word.Records, records);
        return agrees ? report : report with { Standing = DnsServerStanding.Differs };
    }

    private static bool IsMajority(int count, int all) => count * 2 > all;

    /// <summary>
    /// The newest version of the zone that counts. Where a zone has three servers or more, two have to have it: one alone, which may have
    /// fallen into other hands, must not outdo all others by a higher number, nor after it has silenced them.
    /// </summary>
    private static uint? Newest(IReadOnlyList<ServerReport> reports)
    {
        List<(DnsName Host, uint? Serial)> versions =
            [.. reports.Where(report => report.Word is not null).Select(report => (report.Server.HostName, report.Word!.Serial))];
        var needed = reports.Select(report => report.Server.HostName).Distinct().Count() < 3 ? 1 : 2;
        uint? newest = null;
        foreach (var serial in versions.Select(version => version.Serial).OfType<uint>())
        {
            var hosts = versions
                .Where(version => version.Serial is { } other && !IsNewer(serial, other))
                .Select(version => version.Host)
                .Distinct()
                .Count();
            if (hosts >= needed && (newest is null || IsNewer(serial, newest.Value)))
            {
                newest = serial;
            }
        }

        return newest;
    }

    private static bool IsBehind(ServerReport report, uint? newest) =>
        report.Word?.Serial is { } serial && newest is { } last && IsNewer(last, serial);

    // Serial number arithmetic (RFC 1982, section 3.2): newer is what is less than half the circle ahead.
    private static bool IsNewer(uint serial, uint than) => serial != than && serial - than < 1u << 31;
}
