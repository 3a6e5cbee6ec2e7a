namespace DomainVerification.Dns;

/// <summary>What the authority section of a response without data says.</summary>
internal static class NegativeAnswer
{
    /// <summary>
    /// How long the absence of <paramref name="name"/> holds (RFC 2308, section 5); null where there is no SOA record of a zone that the
    /// name lies in.
    /// </summary>
    public static TimeSpan? FindTimeToLive(IReadOnlyList<DnsRecord> authorities, DnsName name)
    {
        foreach (var record in authorities)
        {
            if (record is not DnsSoaRecord soa || !name.IsSubdomainOf(soa.Name))
            {
                continue;
            }

            TimeSpan minimum = TimeSpan.FromSeconds(soa.Minimum);
            return minimum < soa.TimeToLive ? minimum : soa.TimeToLive;
        }

        return null;
    }

    /// <summary>
    /// Whether a response says nothing but that other servers should be asked (RFC 2308, section 2.2): no answer to somebody who wanted
    /// one.
    /// </summary>
    public static bool IsReferral(DnsMessage response) =>
        response.ResponseCode == DnsResponseCode.NoError
        && response.Answers.Count == 0
        && !response.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer)
        && response.Authorities.Count > 0
        && response.Authorities.Any(record => record is DnsNsRecord)
        && !response.Authorities.Any(record => record is DnsSoaRecord);
}
