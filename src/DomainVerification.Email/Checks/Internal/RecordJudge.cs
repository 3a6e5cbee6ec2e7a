using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;
using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>Judges what DNS answered for a wanted record. Pure.</summary>
internal static class RecordJudge
{
    private const int MaximumMerged = 512;
    private const string DmarcVersion = "v=DMARC1";

    public static Sight Judge(RecordKey wanted, DnsLookup lookup) => wanted.Purpose switch
    {
        SendingRecordPurpose.Dkim when wanted.Type == "CNAME" => DkimAlias(wanted, lookup),
        SendingRecordPurpose.Dkim => RecordProblems.OfFailure(wanted, lookup) ?? Absent(wanted, lookup) ?? DkimKey(wanted, lookup),
        SendingRecordPurpose.MailFromMx => RecordProblems.OfFailure(wanted, lookup) ?? Absent(wanted, lookup) ?? Exchange(wanted, lookup),
        SendingRecordPurpose.MailFromSpf => RecordProblems.OfFailure(wanted, lookup) ?? Absent(wanted, lookup) ?? Spf(wanted, lookup),
        SendingRecordPurpose.Tracking => RecordProblems.OfFailure(wanted, lookup) ?? Absent(wanted, lookup) ?? Alias(wanted, lookup),
        _ => RecordProblems.OfFailure(wanted, lookup) ?? Absent(wanted, lookup) ?? Dmarc(wanted, lookup),
    };

    /// <summary>Whether a text is a DMARC record with a policy (RFC 7489, section 6.3).</summary>
    public static bool IsDmarc(string text) =>
        text.StartsWith(DmarcVersion, StringComparison.Ordinal)
        && TagList.Parse(text) is { } tags && tags.TryGetValue("v", out var version) && version == "DMARC1"
        && tags.TryGetValue("p", out var policy) && policy.ToUpperInvariant() is "NONE" or "QUARANTINE" or "REJECT";

    /// <summary>
    /// An alias into the host's zone, looked through for the key. A zone that flattens aliases shows the key and no alias, and that signs
    /// as well.
    /// </summary>
    private static Sight DkimAlias(RecordKey wanted, DnsLookup lookup)
    {
        var isOurs = lookup.Aliases.Count > 0 && IsName(lookup.Aliases[0].Target, wanted.Value);
        if (wanted.PublicKey is null)
        {
            // A spare selector has no key to see: the alias is all there is to it, whatever its target answers.
            return isOurs ? Sight.Found : RecordProblems.OfFailure(wanted, lookup) ?? NotOurs(wanted, lookup);
        }

        if (RecordProblems.OfFailure(wanted, lookup) is { } failure)
        {
            return failure;
        }

        if (lookup.Status == DnsLookupStatus.Answered && DkimKey(wanted, lookup).Kind == SightKind.Found)
        {
            return Sight.Found;
        }

        return isOurs ? RecordProblems.HostRecordMissing(wanted, lookup) : NotOurs(wanted, lookup);
    }

    private static Sight NotOurs(RecordKey wanted, DnsLookup lookup) =>
        lookup.Aliases.Count > 0 ? RecordProblems.CnameInTheWay(wanted, lookup)
        : lookup.Status == DnsLookupStatus.Answered ? RecordProblems.WrongValue(wanted, lookup, Texts(lookup))
        : RecordProblems.NotFound(wanted, lookup);

    private static Sight? Absent(RecordKey wanted, DnsLookup lookup) =>
        lookup.Status == DnsLookupStatus.Answered ? null
        : lookup.Aliases.Count > 0 ? RecordProblems.CnameInTheWay(wanted, lookup)
        : RecordProblems.NotFound(wanted, lookup);

    private static Sight DkimKey(RecordKey wanted, DnsLookup lookup)
    {
        var texts = Texts(lookup);
        if (texts.Count != 1)
        {
            // What a verifier makes of two is undefined (RFC 6376, section 3.6.2.2).
            return RecordProblems.Several(wanted, lookup, Shown(lookup, texts), "TXT");
        }

        var verdict = DkimKeyText.Judge(texts[0], wanted.PublicKey ?? string.Empty);
        if (verdict == DkimKeyVerdict.Match)
        {
            return Sight.Found;
        }

        var seen = Shown(lookup, texts);
        return verdict switch
        {
            _ when lookup.Aliases.Count > 0 => RecordProblems.CnameInTheWay(wanted, lookup),
            _ when IsEscaped(texts[0]) => RecordProblems.Escaped(wanted, lookup, seen),
            DkimKeyVerdict.Revoked => RecordProblems.Revoked(wanted, lookup, seen),
            DkimKeyVerdict.Malformed => RecordProblems.Malformed(wanted, lookup, seen),
            _ => RecordProblems.WrongValue(wanted, lookup, seen),
        };
    }

    private static Sight Exchange(RecordKey wanted, DnsLookup lookup)
    {
        var found = lookup.Records.OfType<DnsMxRecord>().ToList();
        var seen = Shown(lookup, [.. found.Select(mx => $"{mx.Preference} {mx.Exchange}")]);
        return found switch
        {
            [var only] => IsName(only.Exchange, wanted.Value) ? Sight.Found : RecordProblems.WrongValue(wanted, lookup, seen),
            _ => RecordProblems.Several(wanted, lookup, seen, "MX"),
        };
    }

    private static Sight Spf(RecordKey wanted, DnsLookup lookup)
    {
        var texts = Texts(lookup);
        var records = texts.Where(SpfRecord.IsSpf).ToList();
        if (records.Count == 0)
        {
            return texts.FirstOrDefault(text => IsEscaped(text) && text.Contains("spf1", StringComparison.OrdinalIgnoreCase)) is { } escaped
                ? RecordProblems.Escaped(wanted, lookup, Shown(lookup, [escaped]))
                : RecordProblems.NotFound(wanted, lookup);
        }

        if (records.Count > 1)
        {
            // Receivers then find neither (RFC 7208, section 4.5).
            return RecordProblems.Several(wanted, lookup, Shown(lookup, records), "SPF");
        }

        // One term that breaks the grammar makes receivers reject the whole record (RFC 7208, section 4.6).
        if (!SpfParser.TryParse(records[0], out var published, out _) || !SpfParser.TryParse(wanted.Value, out var sender, out _))
        {
            return RecordProblems.Malformed(wanted, lookup, Shown(lookup, records));
        }

        // The plan's own rule, so that the two never contradict each other.
        var merged = SpfMerge.Add(published, sender);
        return merged.Terms.Count == published.Terms.Count
            ? Sight.Found
            : RecordProblems.WrongValue(wanted, lookup, Shown(lookup, records), SpfFix(lookup, records[0], merged));
    }

    private static string? SpfFix(DnsLookup lookup, string published, SpfRecord merged) =>
        lookup.Aliases.Count > 0 || published.Length > MaximumMerged
            ? null
            : $"Replace its value, so that what is there stays: TXT {merged}.";

    private static Sight Alias(RecordKey wanted, DnsLookup lookup)
    {
        var targets = lookup.Records.OfType<DnsCnameRecord>().Select(cname => cname.Target).ToList();
        return targets is [var only] && IsName(only, wanted.Value)
            ? Sight.Found
            : RecordProblems.WrongValue(wanted, lookup, [.. targets.Select(target => target.ToString())]);
    }

    private static Sight Dmarc(RecordKey wanted, DnsLookup lookup)
    {
        // Records of other kinds at the name are passed over (RFC 7489, section 6.6.3).
        var records = Texts(lookup).Where(text => text.StartsWith(DmarcVersion, StringComparison.Ordinal)).ToList();
        return records.Count switch
        {
            0 => RecordProblems.NotFound(wanted, lookup),
            1 when IsDmarc(records[0]) => Sight.Found,
            1 => RecordProblems.Malformed(wanted, lookup, Shown(lookup, records)),
            _ => RecordProblems.Several(wanted, lookup, Shown(lookup, records), "DMARC"),
        };
    }

    /// <summary>Quotation marks and backslashes belong to zone files, and end up in a value where an editor takes it as it is.</summary>
    private static bool IsEscaped(string text) => text.StartsWith('"') || text.Contains("\\;", StringComparison.Ordinal);

    private static List<string> Texts(DnsLookup lookup) => [.. lookup.Records.OfType<DnsTxtRecord>().Select(txt => txt.Text)];

    private static IReadOnlyList<string> Shown(DnsLookup lookup, IReadOnlyList<string> values) => lookup.Aliases.Count > 0
        ? [.. values.Select(_ => "(hidden: behind an alias)")]
        : values;

    private static bool IsName(DnsName seen, string wanted) => DnsName.TryParse(wanted, out var name) && seen == name;
}
