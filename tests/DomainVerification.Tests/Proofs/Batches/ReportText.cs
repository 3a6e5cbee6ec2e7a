using System.Text.RegularExpressions;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>
/// What two reports of the same look have in common: all but when it was, how long it took, and the name that nobody has, by which wildcards
/// are found.
/// </summary>
internal static partial class ReportText
{
    public static string Of(ProofReport report)
    {
        var evidence = report.Evidence is { } found
            ? $"{found.Method} {found.RecordName} {found.ValueDigest} {string.Join(',', found.Aliases)}"
            : "no evidence";

        // The servers of a zone answer in any order.
        return string.Join(
            '\n',
            [
                $"{report.Outcome} {report.Diagnosis} {report.RetryAfter}",
                evidence,
                .. report.Observations.Select(Of).Order(StringComparer.Ordinal),
                "further:",
                .. report.FurtherObservations.Select(Of).Order(StringComparer.Ordinal),
            ]);
    }

    private static string Of(ProofObservation seen) =>
        $"{Drawn().Replace(seen.Question, "(drawn)")} {seen.Transport} {seen.Answer} {seen.Standing} [{string.Join(',', seen.Aliases)}] [{string.Join(',', seen.Values)}]";

    [GeneratedRegex("^_[0-9a-f]{16}(?=\\.)")]
    private static partial Regex Drawn();
}
