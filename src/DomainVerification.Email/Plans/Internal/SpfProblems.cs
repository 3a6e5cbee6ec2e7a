using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;
using Codes = DomainVerification.Email.PlanProblemCodes;
using Level = DomainVerification.Email.PlanProblemLevel;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The problems of SPF records, in words.</summary>
internal static class SpfProblems
{
    private const int LongText = 450;
    private const int TooLongText = 512;
    private const int ShownNames = 3;

    public static PlanProblem Merged(DnsName name) => new(
        Codes.SpfMerged,
        Level.Note,
        $"There is an SPF record at {name} already, and a name must have only one.",
        "Change its value to the one of this plan; do not add a second record.");

    public static PlanProblem Duplicate(DnsName name, int count) => new(
        Codes.SpfDuplicate,
        Level.Error,
        $"There are {count} SPF records at {name}. Receivers then take none of them, and SPF fails for all mail.",
        "Replace them all by one record.");

    public static PlanProblem Invalid(DnsName name, string error) => new(
        Codes.SpfInvalid,
        Level.Error,
        $"The SPF record at {name} {error}. Receivers reject such a record whole.",
        "Correct the record first, then make the plan again.");

    public static PlanProblem Redirect(DnsName name) => new(
        Codes.SpfRedirect,
        Level.Note,
        $"The SPF record at {name} hands over to another one by \"redirect=\". What this plan inserts is tried first; for all other "
            + "senders the redirect holds as before.");

    /// <summary>What the look-ups and the length of a record are worth saying.</summary>
    public static IEnumerable<PlanProblem> Of(SpfRecord record, DnsName name, SpfLookupCount count)
    {
        var atLeast = count.IsComplete ? string.Empty : "at least ";
        if (count.Lookups > SpfLookupCount.Limit)
        {
            yield return new PlanProblem(
                Codes.SpfTooManyLookups,
                Level.Error,
                $"The SPF record for {name} takes {atLeast}{count.Lookups} look-ups; receivers give up after {SpfLookupCount.Limit}, "
                    + "and SPF fails.",
                "Remove what is not in use any more from the record, or send through a sub-domain with an SPF record of its own.");
        }

        if (count.Loop is { } loop)
        {
            yield return new PlanProblem(
                Codes.SpfLoop,
                Level.Error,
                $"The SPF record for {name} leads back to {SafeText.Show(loop)} without an end; receivers give up, and SPF fails.",
                $"Remove the include or redirect that leads to {SafeText.Show(loop)} again.");
        }

        if (count.Broken.Count > 0)
        {
            yield return new PlanProblem(
                Codes.SpfIncludeBroken,
                Level.Warning,
                $"The SPF record for {name} includes {Names(count.Broken)}, without exactly one valid SPF record there; SPF then fails.",
                "Remove what is not in use any more from the record. A name of the provider itself may still be on its way.");
        }

        if (count.Voids > SpfLookupCount.VoidLimit)
        {
            yield return new PlanProblem(
                Codes.SpfTooManyVoidLookups,
                Level.Warning,
                $"{count.Voids} look-ups of the SPF record for {name} find nothing; receivers give up after {SpfLookupCount.VoidLimit}.",
                "Remove the names that do not exist any more from the record.");
        }

        if (!count.IsComplete && count.Lookups <= SpfLookupCount.Limit)
        {
            yield return new PlanProblem(
                Codes.SpfNotCounted,
                Level.Note,
                $"The SPF record for {name} takes at least {count.Lookups} look-ups; not all could be counted, as DNS failed or a "
                    + "name in it depends on the message.",
                "Make the plan again later.");
        }

        var length = record.ToString().Length;
        if (length > TooLongText)
        {
            yield return new PlanProblem(
                Codes.SpfTooLong,
                Level.Warning,
                $"The SPF record for {name} has {length} characters; beyond {TooLongText} some receivers cannot read it.",
                "Remove what is not in use any more from the record.");
        }
        else if (length > LongText)
        {
            yield return new PlanProblem(
                Codes.SpfLong,
                Level.Warning,
                $"The SPF record for {name} has {length} characters; beyond {LongText} the answer may not fit into one packet.",
                "Remove what is not in use any more from the record.");
        }
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(name => SafeText.Show(name)))
            + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : string.Empty);
}
