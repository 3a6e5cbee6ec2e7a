using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>Answers a query from the zones of a world: RFC 1034, section 4.3.2; wildcards RFC 4592, DNAME RFC 6672.</summary>
internal sealed class ZoneLookup
{
    /// <summary>How many aliases are followed; a client that follows more finds the rest by asking again.</summary>
    private const int MaxAliases = 16;

    private readonly DnsWorld _world;
    private readonly DnsQuestion _question;
    private readonly bool _recursive;
    private readonly List<DnsRecord> _answers = [];
    private readonly List<DnsRecord> _authorities = [];
    private readonly List<DnsRecord> _additionals = [];
    private DnsResponseCode _code = DnsResponseCode.NoError;
    private bool _authoritative = true;

    private ZoneLookup(DnsWorld world, DnsMessage query)
    {
        _world = world;
        _question = query.Question!;
        _recursive = query.Flags.HasFlag(DnsHeaderFlags.RecursionDesired);
    }

    public static DnsMessage Answer(DnsWorld world, DnsMessage query)
    {
        if (query.Question is null)
        {
            return Refuse(query, DnsResponseCode.FormatError);
        }

        if (query.OpCode != DnsOpCode.Query || query.Question.Type == DnsRecordType.AXFR)
        {
            return Refuse(query, DnsResponseCode.NotImplemented);
        }

        if (query.Edns is { Version: > 0 })
        {
            return Refuse(query, DnsResponseCode.BadVersion);
        }

        if (query.Question.Class != DnsRecordClass.Internet)
        {
            return Refuse(query, DnsResponseCode.Refused);
        }

        var lookup = new ZoneLookup(world, query);
        lookup.Run();
        return lookup.ToMessage(query);
    }

    /// <summary>The answer that has nothing but a code.</summary>
    public static DnsMessage Refuse(DnsMessage query, DnsResponseCode code) => new()
    {
        Id = query.Id,
        Flags = DnsHeaderFlags.Response | (query.Flags & DnsHeaderFlags.RecursionDesired),
        OpCode = query.OpCode,
        ResponseCode = code,
        Questions = query.Questions,
        Edns = EdnsFor(query),
    };

    private static DnsEdns? EdnsFor(DnsMessage query) => query.Edns is null ? null : new DnsEdns();

    private DnsMessage ToMessage(DnsMessage query)
    {
        var flags = DnsHeaderFlags.Response | (query.Flags & (DnsHeaderFlags.RecursionDesired | DnsHeaderFlags.CheckingDisabled));
        if (_recursive)
        {
            flags |= DnsHeaderFlags.RecursionAvailable;
        }

        if (_authoritative)
        {
            flags |= DnsHeaderFlags.AuthoritativeAnswer;
        }

        return new DnsMessage
        {
            Id = query.Id,
            Flags = flags,
            ResponseCode = _code,
            Questions = query.Questions,
            Answers = _answers,
            Authorities = _authorities,
            Additionals = _additionals,
            Edns = EdnsFor(query),
        };
    }

    private void Run()
    {
        var seen = new HashSet<DnsName>();
        var name = _question.Name;
        while (seen.Add(name) && seen.Count <= MaxAliases && Step(name) is { } next)
        {
            name = next;
        }
    }

    /// <summary>Answers for one name and tells the name to go on with, where there is one.</summary>
    private DnsName? Step(DnsName name)
    {
        if (ZoneFor(name) is not { } zone)
        {
            AnswerOutside(name);
            return null;
        }

        if (Cut(zone, name) is { } cut)
        {
            Refer(cut);
            return null;
        }

        if (Redirection(zone, name) is { } redirection)
        {
            return Redirect(redirection, name);
        }

        var records = zone.Find(name) ?? Wildcard(zone, name);
        if (records is null)
        {
            Deny(zone, Exists(zone, name) ? DnsResponseCode.NoError : DnsResponseCode.NxDomain);
            return null;
        }

        return AnswerFrom(zone, name, records);
    }

    private DnsZone? ZoneFor(DnsName name)
    {
        // The DS records of a zone belong to the zone above it (RFC 4035, section 3.1.4.1).
        var zone = _world.Deepest(name);
        return _question.Type == DnsRecordType.DS && zone?.Name == name && name.Parent is { } above
            ? _world.Deepest(above) ?? zone
            : zone;
    }

    private void AnswerOutside(DnsName name)
    {
        if (_recursive)
        {
            DenyOutside(name);
        }
        else if (_answers.Count == 0)
        {
            (_code, _authoritative) = (DnsResponseCode.Refused, false);
        }
    }

    private void DenyOutside(DnsName name)
    {
        _authoritative = _answers.Count > 0;
        if (!_world.HasZoneAtOrBelow(name))
        {
            _code = DnsResponseCode.NxDomain;
        }

        var server = DnsName.Parse("a.root-servers.net");
        var mailbox = DnsName.Parse("nstld.verisign-grs.com");
        _authorities.Add(new DnsSoaRecord(DnsName.Root, TimeSpan.FromDays(1), server, mailbox) { Serial = 1, Minimum = 86_400 });
    }

    private (DnsName Owner, IReadOnlyList<DnsRecord> Records)? Cut(DnsZone zone, DnsName name)
    {
        var asksAbove = _question.Type == DnsRecordType.DS;
        return Above(zone, asksAbove ? name.Parent : name)
            .Where(at => at.Name != zone.Name && at.Records.Any(record => record.Type == DnsRecordType.NS))
            .Select(at => ((DnsName, IReadOnlyList<DnsRecord>)?)(at.Name, at.Records))
            .LastOrDefault();
    }

    private void Refer((DnsName Owner, IReadOnlyList<DnsRecord> Records) cut)
    {
        if (_recursive)
        {
            // A resolver would go on to servers that this world does not have.
            (_code, _authoritative) = (DnsResponseCode.ServerFailure, false);
            return;
        }

        _authoritative = _answers.Count > 0;
        foreach (var server in Of(cut.Records, DnsRecordType.NS, cut.Owner).Cast<DnsNsRecord>())
        {
            _authorities.Add(server);
            var glue = _world.Deepest(server.Server)?.Find(server.Server) ?? [];
            _additionals.AddRange(Of(glue, DnsRecordType.A, server.Server));
            _additionals.AddRange(Of(glue, DnsRecordType.AAAA, server.Server));
        }
    }

    private static DnsDnameRecord? Redirection(DnsZone zone, DnsName name) =>
        name == zone.Name
            ? null
            : Above(zone, name.Parent)
                .SelectMany(at => Of(at.Records, DnsRecordType.DNAME, at.Name))
                .Cast<DnsDnameRecord>()
                .LastOrDefault();

    private DnsName? Redirect(DnsDnameRecord redirection, DnsName name)
    {
        _answers.Add(redirection);

        // Two equal names have texts of equal length, whatever the case of their letters.
        var replaced = redirection.Name == DnsName.Root ? 0 : redirection.Name.ToString().Length + 1;
        var kept = name.ToString()[..^replaced];
        var text = redirection.Target == DnsName.Root ? kept : $"{kept}.{redirection.Target}";
        if (!DnsName.TryParse(text, out var target))
        {
            _code = DnsResponseCode.YxDomain;
            return null;
        }

        _answers.Add(new DnsCnameRecord(name, redirection.TimeToLive, target));
        return _question.Type == DnsRecordType.CNAME ? null : target;
    }

    private DnsName? AnswerFrom(DnsZone zone, DnsName name, IReadOnlyList<DnsRecord> records)
    {
        var asked = records.Where(record => _question.Type == DnsRecordType.ANY || record.Type == _question.Type).ToList();
        _answers.AddRange(asked.Select(record => record.OwnedBy(name)));
        if (asked.Count > 0)
        {
            return null;
        }

        if (Of(records, DnsRecordType.CNAME, name).FirstOrDefault() is DnsCnameRecord alias)
        {
            _answers.Add(alias);
            return alias.Target;
        }

        Deny(zone, DnsResponseCode.NoError);
        return null;
    }

    private void Deny(DnsZone zone, DnsResponseCode code)
    {
        _code = code;
        _authorities.Add(zone.Soa(zone.NegativeTimeToLive < zone.TimeToLive ? zone.NegativeTimeToLive : zone.TimeToLive));
    }

    private bool Exists(DnsZone zone, DnsName name) => zone.HasNameBelow(name) || _world.HasZoneAtOrBelow(name);

    private IReadOnlyList<DnsRecord>? Wildcard(DnsZone zone, DnsName name)
    {
        if (Exists(zone, name))
        {
            return null;
        }

        var encloser = name.Parent!;
        while (!Exists(zone, encloser))
        {
            encloser = encloser.Parent!;
        }

        return encloser.WireForm.Length + 2 > DnsName.MaxWireLength ? null : zone.Find(encloser.Prepend("*"));
    }

    /// <summary>The names from <paramref name="name"/> up to the apex that have records.</summary>
    private static IEnumerable<(DnsName Name, IReadOnlyList<DnsRecord> Records)> Above(DnsZone zone, DnsName? name)
    {
        for (var at = name; at is not null && at.IsSubdomainOf(zone.Name); at = at.Parent)
        {
            if (zone.Find(at) is { } records)
            {
                yield return (at, records);
            }
        }
    }

    private static IEnumerable<DnsRecord> Of(IReadOnlyList<DnsRecord> records, DnsRecordType type, DnsName owner) =>
        records.Where(record => record.Type == type).Select(record => record.OwnedBy(owner));
}
