namespace DomainVerification.Dns;

/// <summary>What is asked: the records of one type at one name.</summary>
/// <param name="Name">The name. Questions are equal when their names differ only in case.</param>
/// <param name="Type">The type.</param>
/// <param name="Class">The class; nearly always <see cref="DnsRecordClass.Internet"/>.</param>
public sealed record DnsQuestion(DnsName Name, DnsRecordType Type, DnsRecordClass Class = DnsRecordClass.Internet)
{
    /// <summary>Whether both ask the same.</summary>
    /// <param name="other">The question to compare with.</param>
    public bool Equals(DnsQuestion? other) =>
        ReferenceEquals(this, other) || (other is not null && Type == other.Type && Class == other.Class && Name.Equals(other.Name));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Class);

    /// <summary>The name, the class and the type, as in <c>_acme-challenge.example.com IN TXT</c>.</summary>
    public override string ToString() => $"{Name} {(Class == DnsRecordClass.Internet ? "IN" : Class.ToString())} {Type}";
}
