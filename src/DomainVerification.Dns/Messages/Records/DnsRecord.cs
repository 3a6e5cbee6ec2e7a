namespace DomainVerification.Dns;

/// <summary>
/// A resource record (RFC 1035, section 3.2.1). Immutable. <see cref="DnsUnknownRecord"/> stands for every type without a class of its own.
/// </summary>
public abstract class DnsRecord
{
    /// <summary>The longest time to live: 2^31 - 1 seconds (RFC 2181, section 8).</summary>
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromSeconds(int.MaxValue);

    private protected DnsRecord(DnsName name, DnsRecordType type, TimeSpan timeToLive)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeToLive, MaxTimeToLive);
        Name = name;
        Type = type;
        TimeToLive = timeToLive;
    }

    /// <summary>The owner of the record.</summary>
    public DnsName Name { get; }

    /// <summary>The type.</summary>
    public DnsRecordType Type { get; }

    /// <summary>The class.</summary>
    public DnsRecordClass Class { get; init; } = DnsRecordClass.Internet;

    /// <summary>
    /// How long the record may be cached; whole seconds go over the wire, a set highest bit there means zero (RFC 2181, section 8).
    /// </summary>
    public TimeSpan TimeToLive { get; }

    /// <summary>The owner, the time to live in seconds, the class and the type; the data is left out.</summary>
    public override string ToString() =>
        $"{Name} {(long)TimeToLive.TotalSeconds} {(Class == DnsRecordClass.Internet ? "IN" : Class.ToString())} {Type}";

    /// <summary>Writes the data (RDATA) without its length.</summary>
    internal abstract void WriteData(ref DnsWireWriter writer);
}
