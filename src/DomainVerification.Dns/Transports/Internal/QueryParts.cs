namespace DomainVerification.Dns;

/// <summary>A <see cref="DnsQuery"/> that is no object of its own.</summary>
internal readonly record struct QueryParts(DnsQuestion Question, DnsHeaderFlags Flags, DnsEdns? Edns)
{
    public static QueryParts Of(DnsQuery query) => new(query.Question, query.Flags, query.Edns);
}
