using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>A look-up as the report shows it: every sending, with what it brought.</summary>
internal static class LookupObservations
{
    private static readonly List<JudgedServer> NoServers = [];

    /// <param name="lookup">The look-up.</param>
    /// <param name="record">What was looked for.</param>
    /// <param name="values">What was found.</param>
    /// <param name="servers">What each server of the zone holds; empty where resolvers were asked.</param>
    public static List<ProofObservation> Of(
        DnsLookup lookup,
        ChallengeRecord record,
        IReadOnlyList<JudgedValue> values,
        IReadOnlyList<JudgedServer> servers)
    {
        var observations = new List<ProofObservation>(lookup.Attempts.Count);
        var aliases = lookup.Aliases.Count == 0 ? (IReadOnlyList<string>)[] : [.. lookup.Aliases.Select(alias => alias.Target.ToString())];
        var left = servers.Count == 0 ? NoServers : [.. servers];
        for (var i = lookup.Attempts.Count - 1; i >= 0; i--)
        {
            var attempt = lookup.Attempts[i];
            var server = left.Count == 0 ? null : Find(left, attempt, lookup);
            var isLast = server is not null || (servers.Count == 0 && i == lookup.Attempts.Count - 1);
            if (server is not null)
            {
                left.Remove(server);
            }

            observations.Add(new ProofObservation
            {
                Server = attempt.Server.ToString(),
                Transport = TransportCode(attempt.Transport),
                Question = string.Concat(attempt.Question.Name.ToString(), " ", attempt.Question.Type.ToString()),
                Answer = DnsDiagnosis.AnswerCode(attempt),
                Values = isLast ? Shown(lookup, record, server?.Values ?? values) : [],
                Aliases = isLast ? aliases : [],
                Standing = server is null ? null : StandingCode(server.View.Standing),
                Serial = server?.View.Serial,
                Elapsed = attempt.Elapsed,
            });
        }

        observations.Reverse();
        foreach (var server in left)
        {
            observations.Add(WithoutAnswer(lookup, server.View));
        }

        return observations;
    }

    /// <summary>The server that a sending went to. What was not awaited is no sending, though the server may have been asked before.</summary>
    private static JudgedServer? Find(List<JudgedServer> servers, DnsAttempt attempt, DnsLookup lookup) => servers.Find(server =>
        server.View.Standing != DnsServerStanding.NotAwaited
        && server.View.Server.Equals(attempt.Server)
        && attempt.Question.Type == lookup.Question.Type);

    private static ProofObservation WithoutAnswer(DnsLookup lookup, DnsServerView view) => new()
    {
        Server = view.Server.ToString(),
        Transport = "udp",
        Question = $"{lookup.CanonicalName} {lookup.Question.Type}",
        Answer = StandingCode(view.Standing),
        Standing = StandingCode(view.Standing),
        Elapsed = view.Elapsed,
    };

    /// <summary>
    /// The values as the report shows them. An alias can lead to a name that only our resolver sees, and the one who published the alias
    /// must not read its records through us: behind an alias that is not the profile's own, only the owner's tokens are shown.
    /// </summary>
    private static ObservedValue[] Shown(DnsLookup lookup, ChallengeRecord record, IReadOnlyList<JudgedValue> values)
    {
        var hides = lookup.Aliases.Count > 0 && record.DelegatedName is null;
        var shown = new ObservedValue[values.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            var isHidden = hides && values[i].Verdict is (ObservedVerdict.OtherToken or ObservedVerdict.Unrelated);
            shown[i] = new ObservedValue(isHidden ? ObservedText.Hidden : ObservedText.Show(values[i].Text), values[i].Verdict);
        }

        return shown;
    }

    // The two that nearly all queries travel by are no new strings each time.
    private static string TransportCode(DnsTransportKind kind) => kind switch
    {
        DnsTransportKind.Udp => "udp",
        DnsTransportKind.Tcp => "tcp",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string StandingCode(DnsServerStanding standing) => standing switch
    {
        DnsServerStanding.Agrees => "agrees",
        DnsServerStanding.Differs => "differs",
        DnsServerStanding.Lags => "lags",
        DnsServerStanding.Lame => "lame",
        DnsServerStanding.Refused => "refused",
        DnsServerStanding.Failed => "failed",
        DnsServerStanding.TimedOut => "timed_out",
        DnsServerStanding.Unreachable => "unreachable",
        _ => "not_awaited",
    };
}
