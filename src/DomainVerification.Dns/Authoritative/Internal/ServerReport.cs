namespace DomainVerification.Dns;

/// <summary>What became of asking one server of a zone.</summary>
/// <param name="Server">Who was asked.</param>
/// <param name="Standing">
/// <see cref="DnsServerStanding.Agrees"/> for whoever answered with authority, until it is known what the answer is.
/// </param>
internal sealed record ServerReport(ZoneServer Server, DnsServerStanding Standing)
{
    /// <summary>What it said; null where it did not speak for the zone.</summary>
    public ServerWord? Word { get; init; }

    /// <summary>Where it refers to instead.</summary>
    public Delegation? Referral { get; init; }

    /// <summary>What the failure means for the look-up.</summary>
    public DnsLookupStatus? Failure { get; init; }

    public TimeSpan Elapsed { get; init; }

    public string? Detail { get; init; }

    public DnsServerView ToView() => new(Server.Endpoint, Server.HostName, Standing)
    {
        Status = Word?.Status,
        Records = Word?.Records ?? [],
        Serial = Word?.Serial,
        Elapsed = Elapsed,
        Detail = Detail ?? Word?.Detail,
    };

    public static ServerReport Of(ZoneServer server, DnsExchange exchange, DnsName zone, DnsQuestion question)
    {
        if (exchange.Response is not { } response)
        {
            return new ServerReport(server, StandingOf(exchange.Outcome))
            {
                Failure = LookupFailure.Of(exchange),
                Elapsed = exchange.Elapsed,
                Detail = exchange.Detail,
            };
        }

        if (response.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NxDomain))
        {
            var refuses = response.ResponseCode == DnsResponseCode.Refused;
            return new ServerReport(server, refuses ? DnsServerStanding.Refused : DnsServerStanding.Failed)
            {
                Failure = LookupFailure.Of(exchange),
                Elapsed = exchange.Elapsed,
                Detail = LookupFailure.Explain(response),
            };
        }

        var isReferral = Delegation.TryRead(response, zone, question.Name, out var referral);
        if (response.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer))
        {
            // A server that has a zone and its child answers for the child, and leads there all the same.
            return new ServerReport(server, DnsServerStanding.Agrees)
            {
                Word = ServerWord.Read(response, zone, question),
                Referral = isReferral && question.Type == DnsRecordType.NS ? referral : null,
                Elapsed = exchange.Elapsed,
            };
        }

        return new ServerReport(server, DnsServerStanding.Lame)
        {
            Referral = isReferral ? referral : null,
            Failure = DnsLookupStatus.ServerFailure,
            Elapsed = exchange.Elapsed,
            Detail = "not_authoritative",
        };
    }

    private static DnsServerStanding StandingOf(DnsExchangeOutcome outcome) => outcome switch
    {
        DnsExchangeOutcome.TimedOut => DnsServerStanding.TimedOut,
        DnsExchangeOutcome.Unreachable => DnsServerStanding.Unreachable,
        _ => DnsServerStanding.Failed,
    };
}
