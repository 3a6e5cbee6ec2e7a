using DomainVerification.Dns;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Internal;

/// <summary>Says in words what a look-up means for a proof.</summary>
internal static class DnsDiagnosis
{
    /// <summary>
    /// The resolver's detail for records beyond <see cref="DnsLookup.MaxRecords"/> or <see cref="DnsLookup.MaxTextLength"/>.
    /// </summary>
    private const string TooLarge = "record_set_too_large";

    public static ProofDiagnosis Of(DnsLookup lookup, ChallengeRecord record, IReadOnlyList<JudgedValue> values) =>
        lookup.Status switch
        {
            DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain when PointsElsewhere(lookup, record) => new(
                Codes.DelegationMismatch,
                $"The name {record.Name} is not an alias of {record.DelegatedName}.",
                $"Publish exactly one record at {record.Name}: a CNAME that points to {record.DelegatedName}."),
            DnsLookupStatus.Answered => OfAnswer(record, values),
            DnsLookupStatus.NoData or DnsLookupStatus.NxDomain => NotFound(lookup, record),
            DnsLookupStatus.AliasLoop or DnsLookupStatus.AliasChainTooLong or DnsLookupStatus.BadAlias => new(
                Codes.AliasBroken,
                $"The aliases (CNAME or DNAME) at {record.Name} form a loop, are too many, or break the rules of DNS.",
                "Remove the alias at that name, or let it point directly to where the record is."),
            DnsLookupStatus.TimedOut or DnsLookupStatus.Unreachable when lookup.Source == DnsAnswerSource.ResolversInstead => new(
                Codes.DnsBlocked,
                "No DNS server can be reached from this host, neither those of the Internet nor the configured ones.",
                "Nothing is wrong with the record as far as we know. The operator has to let DNS out, UDP and TCP port 53. We look again later."),
            DnsLookupStatus.Disputed => new(
                Codes.ServersDisagree,
                $"The DNS servers of {lookup.Zone} contradict each other about {record.Name}.",
                "Wait until all of them serve the same version of the zone, or ask the DNS provider why they do not. We look again later."),
            _ when IsLame(lookup) => new(
                Codes.LameDelegation,
                lookup.Zone is null || lookup.Servers.Count == 0
                    ? $"The DNS servers that {record.Name} is delegated to cannot be found."
                    : $"The zone {lookup.Zone} is delegated to {Names(lookup.Servers)}, and none of them serves it.",
                "Correct the name servers at the registrar, or add the zone at the DNS provider. We look again later."),
            DnsLookupStatus.ServerFailure => new(
                Codes.ServerFailure,
                $"The DNS servers could not answer for {record.Name} (SERVFAIL){ExtendedError.Explain(lookup)}.",
                "Check that the zone's name servers are up and that its DNSSEC signatures are valid. We look again later."),
            DnsLookupStatus.Refused => new(
                Codes.ServerRefused,
                $"The DNS servers refused to answer for {record.Name} (REFUSED).",
                "Check that the zone is delegated to name servers that serve it. We look again later."),
            DnsLookupStatus.TimedOut => new(
                Codes.TimedOut,
                $"No DNS server answered for {record.Name} in time.",
                "Nothing is wrong with the record as far as we know. We look again later."),
            DnsLookupStatus.Unreachable => new(
                Codes.Unreachable,
                $"No DNS server could be reached to ask for {record.Name}.",
                "Nothing is wrong with the record as far as we know. We look again later."),
            DnsLookupStatus.Malformed when lookup.Detail == TooLarge => new(
                Codes.AnswerTooLarge,
                $"There are more records at {record.Name}, or larger ones, than any proof needs.",
                "Remove the records at that name that are not in use any more. We look again later."),
            _ => new(
                Codes.MalformedAnswer,
                $"The answer of the DNS servers for {record.Name} cannot be understood.",
                "Check the records at that name. We look again later."),
        };

    /// <summary>The value that proves; null where none does.</summary>
    public static JudgedValue? FindProof(DnsLookup lookup, ChallengeRecord record, IReadOnlyList<JudgedValue> values) =>
        lookup.Status == DnsLookupStatus.Answered && !PointsElsewhere(lookup, record)
            ? Find(values, ObservedVerdict.Match)
            : null;

    /// <summary>
    /// What a look-up without proof is. A "no" needs an answer; everything else is inconclusive. A chain of aliases that is too long for us
    /// may end at the proof.
    /// </summary>
    public static ProofOutcome Outcome(DnsLookup lookup) => lookup.Status switch
    {
        DnsLookupStatus.Answered
            or DnsLookupStatus.NoData
            or DnsLookupStatus.NxDomain
            or DnsLookupStatus.AliasLoop
            or DnsLookupStatus.BadAlias => ProofOutcome.NotProved,
        _ => ProofOutcome.Inconclusive,
    };

    /// <summary>What came back from one server, as a code.</summary>
    public static string AnswerCode(DnsAttempt attempt) => (attempt.Outcome, attempt.ResponseCode) switch
    {
        (DnsExchangeOutcome.Answered, DnsResponseCode.NoError) => "answered",
        (DnsExchangeOutcome.Answered, DnsResponseCode.NxDomain) => "name_error",
        (DnsExchangeOutcome.Answered, DnsResponseCode.ServerFailure) => "server_failure",
        (DnsExchangeOutcome.Answered, DnsResponseCode.Refused) => "refused",
        (DnsExchangeOutcome.Answered, _) => "other_error",
        (DnsExchangeOutcome.Truncated, _) => "truncated",
        (DnsExchangeOutcome.TimedOut, _) => "timed_out",
        (DnsExchangeOutcome.Unreachable, _) => "unreachable",
        (DnsExchangeOutcome.Malformed, _) => "malformed",
        _ => "mismatched",
    };

    private static ProofDiagnosis OfAnswer(ChallengeRecord record, IReadOnlyList<JudgedValue> values)
    {
        if (Find(values, ObservedVerdict.Match) is not null)
        {
            return new ProofDiagnosis(Codes.Proved, $"The record at {record.Name} holds the token.");
        }

        return Find(values, ObservedVerdict.SpentToken) is not null
            ? new ProofDiagnosis(
                Codes.TokenSpent,
                $"The record at {record.Name} holds a token of an earlier request, which is not valid any more.",
                "Replace its value with the present one.")
            : new ProofDiagnosis(
                Codes.ValueMismatch,
                $"There {Records(values.Count)} at {record.Name}, but none holds the token.",
                "Compare the value with the one in the instructions, character by character, and save it again.");
    }

    private static JudgedValue? Find(IReadOnlyList<JudgedValue> values, ObservedVerdict verdict)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Verdict == verdict)
            {
                return values[i];
            }
        }

        return null;
    }

    private static ProofDiagnosis NotFound(DnsLookup lookup, ChallengeRecord record)
    {
        var seen = lookup.Status == DnsLookupStatus.NxDomain ? "does not exist" : $"exists but has no {lookup.Question.Type} record";
        if (record.DelegatedName is not null && lookup.Aliases.Count > 0)
        {
            return new ProofDiagnosis(
                Codes.RecordNotFound,
                $"The alias at {record.Name} is right, but the name {lookup.CanonicalName} {seen}.",
                "The provider must publish the record there; nothing is left to do in your zone.");
        }

        var publish = record switch
        {
            { DelegatedName: { } target } => $"Publish a CNAME record at {record.Name} that points to {target}.",
            { Method: ProofMethod.DnsCname } => $"Publish the CNAME record at {record.Name}.",
            _ => $"Publish the TXT record at {record.Name}.",
        };
        return new ProofDiagnosis(
            Codes.RecordNotFound,
            $"The name {lookup.CanonicalName} {seen}.",
            lookup.DenialRemains is { } left
                ? $"{publish} Where it is published already, DNS servers may go on denying it for {left.TotalSeconds:0} seconds."
                : $"{publish} Where it is published already, DNS may need some minutes to show it.");
    }

    /// <summary>Whether the servers are named, and none of them is one.</summary>
    private static bool IsLame(DnsLookup lookup) =>
        lookup.Detail == "no_server_addresses"
        || (lookup.Servers.Count > 0
            && lookup.Status is DnsLookupStatus.ServerFailure or DnsLookupStatus.Refused
            && lookup.Servers.All(view => view.Standing is DnsServerStanding.Lame or DnsServerStanding.Refused));

    private static string Names(IReadOnlyList<DnsServerView> servers) =>
        string.Join(", ", servers.Select(view => view.HostName.ToString()).Distinct());

    private static string Records(int count) => count == 1 ? "is 1 record" : $"are {count} records";

    /// <summary>Whether a delegated name stands for something else, or holds the record itself.</summary>
    private static bool PointsElsewhere(DnsLookup lookup, ChallengeRecord record) =>
        record.DelegatedName is { } target
        && (lookup.Aliases.Count > 0 ? lookup.Aliases[0].Target != DnsName.Parse(target) : lookup.Status == DnsLookupStatus.Answered);
}
