namespace DomainVerification.Dns;

/// <summary>What asking servers came to: a definitive response, or the status that a look-up without one ends with.</summary>
internal readonly record struct ServerVerdict(DnsMessage? Response, DnsLookupStatus Failure)
{
    public static ServerVerdict Answered(DnsMessage response) => new(response, DnsLookupStatus.Answered);

    public static ServerVerdict Failed(DnsLookupStatus failure) => new(null, failure);
}
