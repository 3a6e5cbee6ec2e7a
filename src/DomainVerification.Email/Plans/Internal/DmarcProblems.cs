using DomainVerification.Dns;
using Codes = DomainVerification.Email.PlanProblemCodes;
using Level = DomainVerification.Email.PlanProblemLevel;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The problems of DMARC, in words.</summary>
internal static class DmarcProblems
{
    public static PlanProblem Kept(DnsName name) => new(
        Codes.DmarcKept,
        Level.Note,
        $"There is a DMARC record at {name} already. It stays as it is: what receivers do with forged mail is yours to decide.");

    public static PlanProblem Missing(DnsName name) => new(
        Codes.DmarcMissing,
        Level.Note,
        $"There is no DMARC record at {name}. Large receivers ask for one; \"p=none\" changes nothing for your mail.",
        "Add the record. Once all your mail passes, a stricter policy keeps forgers off.");

    public static PlanProblem Duplicate(DnsName name, int count) => new(
        Codes.DmarcDuplicate,
        Level.Error,
        $"There are {count} DMARC records at {name}. Receivers then take none of them.",
        "Remove all but one.");

    public static PlanProblem Invalid(DnsName name, string error) => new(
        Codes.DmarcInvalid,
        Level.Error,
        $"The DMARC record at {name} {error}. Receivers ignore it.",
        "Correct the record.");

    public static PlanProblem DkimMisaligned(PlannedSender sender, bool isStrict, Level level) => new(
        Codes.DmarcDkimMisaligned,
        level,
        $"Signatures of {sender.DkimDomain} do not align with mail from {sender.FromDomain}: {Rule("adkim", isStrict)}.",
        Fix("adkim", isStrict, "sign as"));

    public static PlanProblem SpfMisaligned(PlannedSender sender, bool isStrict, Level level) => new(
        Codes.DmarcSpfMisaligned,
        level,
        $"The MAIL FROM domain {sender.MailFromDomain} does not align with mail from {sender.FromDomain}: {Rule("aspf", isStrict)}.",
        Fix("aspf", isStrict, "use a MAIL FROM of"));

    private static string Rule(string tag, bool isStrict) => isStrict
        ? $"the DMARC record says \"{tag}=s\", so both must be the same"
        : "they belong to different registrable domains";

    private static string Fix(string tag, bool isStrict, string how) => isStrict
        ? $"Change \"{tag}=s\" to \"{tag}=r\" in the DMARC record, or {how} the From domain itself."
        : $"Nothing is left to do in your zone: the provider must {how} the registrable domain of the From header.";
}
