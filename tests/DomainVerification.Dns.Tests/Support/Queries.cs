namespace DomainVerification.Dns.Tests;

/// <summary>Queries as look-ups send them.</summary>
internal static class Queries
{
    public static DnsQuery Text(string name) =>
        new(new DnsQuestion(DnsName.Parse(name), DnsRecordType.TXT), DnsHeaderFlags.RecursionDesired, new DnsEdns());
}
