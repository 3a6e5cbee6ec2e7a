using System.Net;
using System.Net.Sockets;
using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>A zone of a <see cref="DnsWorld"/>. Every edit takes effect at once and gives the zone back, for the next one.</summary>
/// <remarks>
/// Owner names are relative to the zone, as in <c>_x-challenge</c>; <c>@</c> or nothing is the apex, <c>*</c> as first label a wildcard.
/// A name that ends with the zone's own name or with a dot is taken as full, so that a name from a customer's instructions fits as it is.
/// Names that records point to are always full. The zone keeps the rules of DNS: nothing stands beside a CNAME (RFC 2181, section 10.1).
/// </remarks>
public sealed class DnsZone
{
    private readonly DnsWorld _world;
    private readonly Dictionary<DnsName, List<DnsRecord>> _names = [];
    private readonly string _suffix;
    private TimeSpan _timeToLive = TimeSpan.FromMinutes(5);
    private TimeSpan _negativeTimeToLive = TimeSpan.FromMinutes(1);
    private uint _serial = 1;

    internal DnsZone(DnsWorld world, DnsName apex)
    {
        _world = world;
        Name = apex;
        _suffix = apex == DnsName.Root ? "." : $".{apex}.";
        _names[apex] = [];
        NameServers($"ns1{_suffix}").Address("ns1", IPAddress.Loopback);
    }

    /// <summary>The apex of the zone.</summary>
    public DnsName Name { get; }

    /// <summary>The time to live of records that are added from now on.</summary>
    /// <value>Five minutes until set. Whole seconds from zero to <see cref="DnsRecord.MaxTimeToLive"/>.</value>
    public TimeSpan TimeToLive
    {
        get => _timeToLive;
        set => _timeToLive = Validated(value);
    }

    /// <summary>How long a negative answer may be cached: the minimum of the SOA record (RFC 2308, section 5).</summary>
    /// <value>One minute until set. Whole seconds from zero to <see cref="DnsRecord.MaxTimeToLive"/>.</value>
    public TimeSpan NegativeTimeToLive
    {
        get => _negativeTimeToLive;
        set => _negativeTimeToLive = Validated(value);
    }

    /// <summary>The serial number of the zone; each edit adds one.</summary>
    public uint Serial
    {
        get
        {
            lock (_world.Gate)
            {
                return _serial;
            }
        }
    }

    /// <summary>Adds a TXT record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="text">The text, encoded as UTF-8 and cut into strings of 255 octets.</param>
    public DnsZone Txt(string name, string text) => Add(new DnsTxtRecord(Owner(name), TimeToLive, text));

    /// <summary>Adds a TXT record of exactly these strings.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="strings">At least one string of up to 255 octets each; any octets.</param>
    /// <exception cref="ArgumentException">There is no string, or one is too long.</exception>
    public DnsZone Txt(string name, IReadOnlyList<ReadOnlyMemory<byte>> strings) =>
        Add(new DnsTxtRecord(Owner(name), TimeToLive, strings));

    /// <summary>Puts TXT records in the place of all that the name has.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="texts">A record each.</param>
    public DnsZone ReplaceTxt(string name, params IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        lock (_world.Gate)
        {
            Remove(name, DnsRecordType.TXT);
            foreach (var text in texts)
            {
                Txt(name, text);
            }
        }

        return this;
    }

    /// <summary>Removes the TXT records of that text; the others stay. None is no error.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="text">The text, its strings joined.</param>
    public DnsZone RemoveTxt(string name, string text) =>
        Remove(name, record => record is DnsTxtRecord txt && txt.Text == text);

    /// <summary>Adds a CNAME record: the owner becomes an alias.</summary>
    /// <param name="name">The owner; has no other record.</param>
    /// <param name="target">The full name that it stands for.</param>
    /// <exception cref="InvalidOperationException">The name has a record already.</exception>
    public DnsZone Cname(string name, string target) =>
        Add(new DnsCnameRecord(Owner(name), TimeToLive, DnsName.Parse(target)));

    /// <summary>Adds a DNAME record: all names below the owner become aliases (RFC 6672).</summary>
    /// <param name="name">The owner.</param>
    /// <param name="target">The full name that replaces the owner at the end of names below it.</param>
    /// <exception cref="InvalidOperationException">The name has a DNAME or CNAME record already.</exception>
    public DnsZone Dname(string name, string target) =>
        Add(new DnsDnameRecord(Owner(name), TimeToLive, DnsName.Parse(target)));

    /// <summary>Adds an NS record. Below the apex it delegates the name, unless the world has a zone there, which then answers.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="server">The full host name of the server.</param>
    public DnsZone Ns(string name, string server) =>
        Add(new DnsNsRecord(Owner(name), TimeToLive, DnsName.Parse(server)));

    /// <summary>Puts these servers in the place of the zone's own.</summary>
    /// <param name="servers">Full host names. None at all makes a zone that nobody can walk to.</param>
    public DnsZone NameServers(params IReadOnlyList<string> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        lock (_world.Gate)
        {
            Remove("@", DnsRecordType.NS);
            foreach (var server in servers)
            {
                Ns("@", server);
            }
        }

        return this;
    }

    /// <summary>Adds an A or an AAAA record, as the address says.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="address">An IPv4 or IPv6 address.</param>
    public DnsZone Address(string name, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? Add(new DnsARecord(Owner(name), TimeToLive, address))
            : Add(new DnsAaaaRecord(Owner(name), TimeToLive, address));
    }

    /// <summary>Adds an MX record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="preference">The rank of the host; lower is preferred.</param>
    /// <param name="exchange">The full name of the host; <c>.</c> where the owner takes no mail (RFC 7505).</param>
    public DnsZone Mx(string name, ushort preference, string exchange) =>
        Add(new DnsMxRecord(Owner(name), TimeToLive, preference, DnsName.Parse(exchange)));

    /// <summary>Adds a record of any type; <see cref="DnsUnknownRecord"/> stands for those without a class of their own.</summary>
    /// <param name="record">A record whose name lies in the zone; not SOA, which the zone makes itself, and no pseudo record.</param>
    /// <exception cref="ArgumentException">The zone takes no such type, or the name is outside.</exception>
    /// <exception cref="InvalidOperationException">The record cannot stand beside those that the name has.</exception>
    public DnsZone Add(DnsRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Type is DnsRecordType.SOA or DnsRecordType.OPT or DnsRecordType.TSIG or DnsRecordType.AXFR or DnsRecordType.ANY)
        {
            throw new ArgumentException($"A zone takes no {record.Type} record.", nameof(record));
        }

        if (!record.Name.IsSubdomainOf(Name))
        {
            throw new ArgumentException($"'{record.Name}' is outside the zone {Name}.", nameof(record));
        }

        lock (_world.Gate)
        {
            var records = _names.GetValueOrDefault(record.Name, []);
            RefuseConflict(record, records);
            _names[record.Name] = [.. records, record];
            _serial++;
        }

        return this;
    }

    /// <summary>Removes all records of a name. None is no error.</summary>
    /// <param name="name">The owner.</param>
    public DnsZone Remove(string name) => Remove(name, static _ => true);

    /// <summary>Removes the records of one type. None is no error.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="type">The type.</param>
    public DnsZone Remove(string name, DnsRecordType type) => Remove(name, record => record.Type == type);

    internal DnsSoaRecord Soa(TimeSpan timeToLive) => new(Name, timeToLive, Name.Prepend("ns1"), Name.Prepend("hostmaster"))
    {
        Serial = _serial,
        Refresh = 7200,
        Retry = 900,
        Expire = 1_209_600,
        Minimum = (uint)NegativeTimeToLive.TotalSeconds,
    };

    /// <summary>The records of a name, with the zone's own SOA record at the apex; null where the name has none.</summary>
    internal IReadOnlyList<DnsRecord>? Find(DnsName name)
    {
        var records = _names.GetValueOrDefault(name);
        return name == Name ? [.. records!, Soa(TimeToLive)] : records;
    }

    internal bool HasNameBelow(DnsName name) => _names.Keys.Any(owner => owner.IsSubdomainOf(name));

    private static TimeSpan Validated(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DnsRecord.MaxTimeToLive);
        return value;
    }

    private void RefuseConflict(DnsRecord added, List<DnsRecord> records)
    {
        var besideAlias = records.Exists(record => record.Type == DnsRecordType.CNAME);
        var notAlone = added.Type == DnsRecordType.CNAME && (records.Count > 0 || added.Name == Name);
        var second = added.Type == DnsRecordType.DNAME && records.Exists(record => record.Type == DnsRecordType.DNAME);
        if (besideAlias || notAlone || second)
        {
            throw new InvalidOperationException($"{added.Name} cannot have {added.Type} beside the records that it has.");
        }
    }

    private DnsZone Remove(string name, Predicate<DnsRecord> which)
    {
        var owner = Owner(name);
        lock (_world.Gate)
        {
            if (!_names.TryGetValue(owner, out var records) || records.RemoveAll(which) == 0)
            {
                return this;
            }

            if (records.Count == 0 && owner != Name)
            {
                _names.Remove(owner);
            }

            _serial++;
        }

        return this;
    }

    private DnsName Owner(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name is "" or "@")
        {
            return Name;
        }

        if (!DnsName.TryParse(name, out var owner))
        {
            throw new FormatException($"'{name}' is not a DNS name.");
        }

        if (name.EndsWith('.'))
        {
            return owner.IsSubdomainOf(Name) ? owner : throw new ArgumentException($"'{name}' is outside the zone {Name}.", nameof(name));
        }

        return Name != DnsName.Root && owner.IsSubdomainOf(Name) ? owner : DnsName.Parse(name + _suffix);
    }
}
