namespace DomainVerification.Dns;

/// <summary>Padding (RFC 7830), so that who sees the length of an encrypted query learns little of what it asks.</summary>
internal static class QueryPadding
{
    // RFC 8467, section 4.1.
    private const int BlockLength = 128;

    private const int HeaderLength = 12;
    private const int TypeAndClassLength = 4;
    private const int OptRecordLength = 11;
    private const int OptionHeaderLength = 4;

    /// <summary>The query, padded to a multiple of 128 octets; one without EDNS stays as it is.</summary>
    public static DnsQuery Pad(DnsQuery query)
    {
        if (query.Edns is not { } edns)
        {
            return query;
        }

        var length = HeaderLength + query.Question.Name.WireForm.Length + TypeAndClassLength + OptRecordLength;
        foreach (var option in edns.Options)
        {
            length += OptionHeaderLength + option.Data.Length;
        }

        length += OptionHeaderLength;
        var padding = (BlockLength - (length % BlockLength)) % BlockLength;
        return QueryOptions.Append(query, DnsEdnsOptionCode.Padding, new byte[padding]);
    }
}
