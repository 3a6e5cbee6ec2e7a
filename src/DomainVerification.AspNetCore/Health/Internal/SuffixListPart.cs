using DomainVerification.PublicSuffixes;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Compares the day of the public suffix list with today.</summary>
internal sealed class SuffixListPart(IPublicSuffixList list, TimeProvider time) : HealthPart
{
    public override DomainVerificationHealthParts Part => DomainVerificationHealthParts.SuffixList;

    public override string Key => "suffix_list";

    public override string FaultedCode => DomainVerificationHealthCodes.SuffixListFaulted;

    public override string TimedOutCode => DomainVerificationHealthCodes.SuffixListTimedOut;

    public override Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken)
    {
        if (list.ListDate is not { } date)
        {
            return Task.FromResult(PartReport.Degraded(DomainVerificationHealthCodes.SuffixListUndated));
        }

        var days = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber - date.DayNumber;
        var report = TimeSpan.FromDays(days) > options.MaximumSuffixListAge
            ? PartReport.Degraded(DomainVerificationHealthCodes.SuffixListStale)
            : PartReport.Well();
        return Task.FromResult(report with
        {
            Figures = new Dictionary<string, long> { ["age_days"] = days },
            Detail = $"it is of {date:yyyy-MM-dd}",
        });
    }
}
