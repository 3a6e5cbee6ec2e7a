using DomainVerification.Dns;
using Codes = DomainVerification.Email.PlanProblemCodes;
using Level = DomainVerification.Email.PlanProblemLevel;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The problems of records, in words.</summary>
internal static class PlanProblems
{
    public static PlanProblem NotChecked(DnsName name) => new(
        Codes.NotChecked,
        Level.Note,
        $"DNS could not be asked what is at {name}, so records that are there already are not known.",
        "Look into your zone before you add the record, or make the plan again later.");

    public static PlanProblem ZoneNotChecked(string zone) => new(
        Codes.ZoneNotChecked,
        Level.Note,
        $"DNS could not be asked where the zones begin, so all names are taken to be in {zone}.",
        "Make the plan again later, or compare the full names.");

    public static PlanProblem CnameInTheWay(DnsName name, DnsRecordType type, DnsName target) => new(
        Codes.CnameInTheWay,
        Level.Error,
        $"{name} is an alias (CNAME) of {Shown(target)}, and no {type} record may stand beside a CNAME record.",
        $"Remove the CNAME record at {name} if nothing needs it any more, then add the {type} record.");

    public static PlanProblem DnameInTheWay(DnsName name, DnsName owner, DnsName target) => new(
        Codes.DnameInTheWay,
        Level.Error,
        $"A DNAME record at {Shown(owner)} redirects {name} to {Shown(target)}.",
        $"Remove the DNAME record at {Shown(owner)}, or have the record published below {Shown(target)}.");

    public static PlanProblem RecordsInTheWay(DnsName name, IEnumerable<DnsRecordType> types, bool onlyAddresses) => new(
        Codes.RecordsInTheWay,
        Level.Error,
        $"{name} has {string.Join(", ", types)} records, and no CNAME record may stand beside others.",
        onlyAddresses
            ? $"Remove the other records at {name}. If you added the CNAME record already, your provider answers with addresses in its "
                + "place: switch that off for this name (it is called proxy, flattening or acceleration)."
            : $"Remove the other records at {name} if nothing needs them any more, then add the CNAME record.");

    public static PlanProblem CnameDiffers(DnsName name, DnsName found, DnsName wanted) => new(
        Codes.CnameDiffers,
        Level.Error,
        $"{name} is an alias of {Shown(found)}, not of {wanted}.",
        $"If nothing needs {Shown(found)} at this name any more, change the target to {wanted}.");

    public static PlanProblem AliasBroken(DnsName name) => new(
        Codes.AliasBroken,
        Level.Error,
        $"The aliases (CNAME records) at {name} lead nowhere, or break the rules of DNS.",
        $"Remove the CNAME record at {name}, then add the record.");

    public static PlanProblem MxDiffers(DnsName name, DnsName wanted) => new(
        Codes.MxDiffers,
        Level.Error,
        $"{name} has other MX records than {wanted}. A MAIL FROM name must have exactly one MX record.",
        $"Remove the other MX records at {name} if they receive no mail that you need; otherwise choose another MAIL FROM name.");

    public static PlanProblem MxPreferenceDiffers(DnsName name, int found, int wanted) => new(
        Codes.MxPreferenceDiffers,
        Level.Note,
        $"The MX record at {name} has the priority {found} instead of {wanted}.",
        $"Change its priority to {wanted}.");

    public static PlanProblem DkimDiffers(DnsName name) => new(
        Codes.DkimDiffers,
        Level.Error,
        $"Another key is published at {name}.",
        "Replace the value by the one of this plan.");

    public static PlanProblem DkimDuplicate(DnsName name) => new(
        Codes.DkimDuplicate,
        Level.Warning,
        $"There is more than one TXT record at {name}; receivers may take any of them for the key.",
        "Remove all but the one of this plan.");

    public static PlanProblem QuotedValue(DnsName name) => new(
        Codes.QuotedValue,
        Level.Error,
        $"The value at {name} has quotation marks that belong to it.",
        "Enter the value again without quotation marks: your provider adds them by itself.");

    public static PlanProblem DoubledName(DnsName doubled, DnsName name, string relative) => new(
        Codes.DoubledName,
        Level.Error,
        $"The record stands at {doubled} instead of {name}: your provider added the zone to the name by itself.",
        $"Remove that record and add it again with the host \"{relative}\".");

    public static PlanProblem DoubledTarget(DnsName name, DnsName found, DnsName wanted) => new(
        Codes.DoubledTarget,
        Level.Error,
        $"The record at {name} points to {Shown(found)}: your provider added the zone to the target by itself.",
        $"Change the target to \"{wanted}.\", with a dot at its end.");

    public static PlanProblem WildcardAnswers(DnsName name) => new(
        Codes.WildcardAnswers,
        Level.Note,
        $"What DNS shows at {name} comes from a wildcard record of the zone. The record of this plan takes its place, at this name only.");

    public static PlanProblem WantedContradict(DnsName name) => new(
        Codes.WantedContradict,
        Level.Error,
        $"The records that are wanted at {name} contradict each other.",
        "Nothing is left to do in your zone: the provider must ask for records that can stand together.");

    private static string Shown(DnsName name) => SafeText.Show(name.ToString());
}
