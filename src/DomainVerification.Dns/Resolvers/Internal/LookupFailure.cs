using System.Buffers.Binary;
using System.Globalization;

namespace DomainVerification.Dns;

/// <summary>What an exchange without a definitive answer means for the look-up.</summary>
internal static class LookupFailure
{
    public static DnsLookupStatus Of(DnsExchange exchange) => exchange.Outcome switch
    {
        DnsExchangeOutcome.Answered when exchange.Response?.ResponseCode == DnsResponseCode.Refused => DnsLookupStatus.Refused,
        DnsExchangeOutcome.Answered => DnsLookupStatus.ServerFailure,
        DnsExchangeOutcome.Unreachable => DnsLookupStatus.Unreachable,
        DnsExchangeOutcome.TimedOut => DnsLookupStatus.TimedOut,
        _ => DnsLookupStatus.Malformed,
    };

    /// <summary>Of two failures of different servers the one that tells more: what a server said goes before what it did not say.</summary>
    public static DnsLookupStatus MoreTelling(DnsLookupStatus? first, DnsLookupStatus second) =>
        first is DnsLookupStatus known && Rank(known) <= Rank(second) ? known : second;

    /// <summary>
    /// More about an answer as a stable code: <c>referral</c> or <c>extended_error_N</c> (RFC 8914); null where there is no more.
    /// </summary>
    public static string? Explain(DnsMessage response)
    {
        if (NegativeAnswer.IsReferral(response))
        {
            return "referral";
        }

        for (var i = 0; i < response.Edns?.Options.Count; i++)
        {
            var option = response.Edns.Options[i];
            if (option.Code != DnsEdnsOptionCode.ExtendedError || option.Data.Length < 2)
            {
                continue;
            }

            var code = BinaryPrimitives.ReadUInt16BigEndian(option.Data.Span);
            return string.Create(CultureInfo.InvariantCulture, $"extended_error_{code}");
        }

        return null;
    }

    private static int Rank(DnsLookupStatus status) => status switch
    {
        DnsLookupStatus.ServerFailure => 0,
        DnsLookupStatus.Refused => 1,
        DnsLookupStatus.Malformed => 2,
        DnsLookupStatus.TimedOut => 3,
        _ => 4,
    };
}
