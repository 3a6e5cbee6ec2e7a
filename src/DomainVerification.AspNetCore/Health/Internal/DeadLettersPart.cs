namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Counts the dead letters, one further than allowed.</summary>
internal sealed class DeadLettersPart(IClaimStore store) : HealthPart
{
    public override DomainVerificationHealthParts Part => DomainVerificationHealthParts.DeadLetters;

    public override string Key => "dead_letters";

    public override string FaultedCode => DomainVerificationHealthCodes.DeadLettersUnreadable;

    public override string TimedOutCode => DomainVerificationHealthCodes.DeadLettersTimedOut;

    public override async Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken)
    {
        var query = new WorkQuery { IsDead = true, PageSize = options.MaximumDeadLetters + 1 };
        var page = await store.ListWorkAsync(query, cancellationToken).ConfigureAwait(false);
        var report = page.Work.Count > options.MaximumDeadLetters
            ? PartReport.Degraded(DomainVerificationHealthCodes.DeadLettersWaiting)
            : PartReport.Well();
        return report with
        {
            Figures = new Dictionary<string, long> { ["counted"] = page.Work.Count },
            Detail = $"at least {page.Work.Count} wait for somebody to replay or discard them",
        };
    }
}
