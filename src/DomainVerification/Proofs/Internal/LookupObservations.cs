using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>A look-up as the report shows it: every sending, with what it brought.</summary>
internal static class LookupObservations
{
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
        List<JudgedServer> left = [.. servers];
        for (var i = lookup.Attempts.Count - 1; i >= 0; i--)
        {
            var attempt = lookup.Attempts[i];
            var server = left.Find(server => server.View.Server.Equals(attempt.Server) && attempt.Question.Type == lookup.Question.Type);
            var isLast = server is not null || (servers.Count == 0 && i == lookup.Attempts.Count - 1);
            left.Remove(server!);
            observations.Add(new ProofObservation
            {
                Server = attempt.Server.ToString(),
                Transport = attempt.Transport.ToString().ToLowerInvariant(),
                Question = $"{attempt.Question.Name} {attempt.Question.Type}",
                Answer = DnsDiagnosis.AnswerCode(attempt),
                Values = isLast ? Shown(lookup, record, server?.Values ?? values) : [],
                Aliases = isLast ? aliases : [],
                Standing = server is null ? null : StandingCode(server.View.Standing),
                Serial = server?.View.Serial,
                Elapsed = attempt.Elapsed,
            });
        }

        observations.Reverse();
        observations.AddRange(left.Where(server => server.View.Standing == DnsServerStanding.NotAwaited).Select(server => NotAwaited(lookup, server.View)));
        return observations;
    }

    private static ProofObservation NotAwaited(DnsLookup lookup, DnsServerView view) => new()
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
    private static List<ObservedValue> Shown(DnsLookup lookup, ChallengeRecord record, IReadOnlyList<JudgedValue> values)
    {
        var hides = lookup.Aliases.Count > 0 && record.DelegatedName is null;
        return
        [
            .. values.Select(value => hides && value.Verdict is (ObservedVerdict.OtherToken or ObservedVerdict.Unrelated)
                ? new ObservedValue(ObservedText.Hidden, value.Verdict)
                : new ObservedValue(ObservedText.Show(value.Text), value.Verdict)),
        ];
    }

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
