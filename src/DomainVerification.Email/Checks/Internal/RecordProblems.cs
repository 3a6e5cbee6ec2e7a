using DomainVerification.Dns;
using DomainVerification.Email.Status.Internal;
using Codes = DomainVerification.Email.RecordProblemCodes;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>Says in words what is wrong with a record.</summary>
internal static class RecordProblems
{
    private const int MaximumShown = 4;
    private const int MaximumLength = 256;
    private const string Again = "Nothing is wrong with the record as far as we know. We look again later.";

    public static Sight NotFound(RecordKey wanted, DnsLookup lookup) => Missing(
        lookup,
        Codes.NotFound,
        $"There is no {wanted.Type} record at {wanted.Name}.",
        $"Publish it: {Wanted(wanted)}. Where it is published already, DNS may need some minutes to show it.");

    public static Sight Doubled(RecordKey wanted, DnsLookup lookup, string doubled) => Missing(
        lookup,
        Codes.DoubledName,
        $"There is no {wanted.Type} record at {wanted.Name}, but there is one at {doubled}: the zone's editor added the domain once more.",
        $"Enter the name again without the domain at its end, so that the record stands at {wanted.Name}.");

    public static Sight WrongValue(RecordKey wanted, DnsLookup lookup, IReadOnlyList<string> seen, string? fix = null) => Missing(
        lookup,
        Codes.WrongValue,
        $"The {wanted.Type} record at {wanted.Name} has another value.",
        fix ?? $"Replace its value, so that it is: {Wanted(wanted)}.",
        seen);

    public static Sight Escaped(RecordKey wanted, DnsLookup lookup, IReadOnlyList<string> seen) => Missing(
        lookup,
        Codes.EscapedValue,
        $"The TXT record at {wanted.Name} has quotation marks or backslashes in its value.",
        $"Enter the value without quotation marks and backslashes: {Wanted(wanted)}.",
        seen);

    public static Sight Malformed(RecordKey wanted, DnsLookup lookup, IReadOnlyList<string> seen) => Missing(
        lookup,
        Codes.MalformedValue,
        $"The value of the TXT record at {wanted.Name} cannot be understood by those who receive mail.",
        $"Replace its value, so that it is: {Wanted(wanted)}.",
        seen);

    public static Sight Revoked(RecordKey wanted, DnsLookup lookup, IReadOnlyList<string> seen) => Missing(
        lookup,
        Codes.KeyRevoked,
        $"The record at {wanted.Name} withdraws its key: its p= is empty.",
        $"Replace its value, so that it is: {Wanted(wanted)}.",
        seen);

    public static Sight Several(RecordKey wanted, DnsLookup lookup, IReadOnlyList<string> seen, string kind) => Missing(
        lookup,
        Codes.MultipleValues,
        $"There are {seen.Count} {kind} records at {wanted.Name}, where exactly one must be.",
        $"Remove the others, so that one is left: {Wanted(wanted)}.",
        seen);

    public static Sight CnameInTheWay(RecordKey wanted, DnsLookup lookup) => Missing(
        lookup,
        Codes.CnameInTheWay,
        $"The name {wanted.Name} is an alias (CNAME), which hides every other record at that name.",
        wanted.Type == "CNAME"
            ? $"Let the CNAME record point to {wanted.Value}."
            : $"Remove the CNAME record at {wanted.Name}, and publish there: {Wanted(wanted)}.",
        [$"CNAME {lookup.Aliases[0].Target}"]);

    public static Sight HostRecordMissing(RecordKey wanted, DnsLookup lookup) => Missing(
        lookup,
        Codes.HostRecordMissing,
        $"The alias at {wanted.Name} is right, but the key is not at {wanted.Value} yet.",
        "The provider must publish it there; nothing is left to do in your zone.");

    /// <summary>What a look-up without an answer means; <see langword="null"/> where it has one.</summary>
    public static Sight? OfFailure(RecordKey wanted, DnsLookup lookup) => lookup.Status switch
    {
        DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain => null,
        DnsLookupStatus.AliasLoop or DnsLookupStatus.BadAlias => Missing(
            lookup,
            Codes.AliasBroken,
            $"The aliases (CNAME or DNAME) at {wanted.Name} form a loop or break the rules of DNS.",
            $"Remove the alias at that name, and publish there: {Wanted(wanted)}."),
        DnsLookupStatus.TimedOut or DnsLookupStatus.Unreachable => Unknown(
            Codes.Unreachable,
            $"No DNS server answered for {wanted.Name}.",
            Again),
        DnsLookupStatus.ServerFailure or DnsLookupStatus.Refused => Unknown(
            Codes.ServerFailure,
            $"The DNS servers could not or would not answer for {wanted.Name}.",
            "Check that the zone's name servers are up and that its DNSSEC signatures are valid. We look again later."),
        _ => Unknown(
            Codes.MalformedAnswer,
            $"The answer of the DNS servers for {wanted.Name} cannot be understood, or is larger than any such record.",
            "Check the records at that name. We look again later."),
    };

    private static string Wanted(RecordKey wanted) => $"{wanted.Type} {wanted.Value}";

    private static Sight Missing(DnsLookup lookup, string code, string message, string fix, IReadOnlyList<string>? seen = null) => new(
        SightKind.Missing,
        new RecordProblem(code, message, fix, [.. (seen ?? []).Take(MaximumShown).Select(Show)]),
        lookup.DenialRemains);

    private static Sight Unknown(string code, string message, string fix) =>
        new(SightKind.Unknown, new RecordProblem(code, message, fix, []));

    private static string Show(string text)
    {
        var cut = text.Length > MaximumLength ? text[..MaximumLength] : text;
        return string.Concat(cut.Select(letter => letter is < ' ' or > '~' ? '\uFFFD' : letter));
    }
}
