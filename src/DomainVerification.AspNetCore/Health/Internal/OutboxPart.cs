namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>
/// Looks for work that was due long ago. Work is listed in the order of its creation and is never due before, so the look ends at the first
/// that is younger than the limit: in an outbox that is well, after a few rows.
/// </summary>
internal sealed class OutboxPart(IClaimStore store, TimeProvider time) : HealthPart
{
    private const int PageSize = 100;
    private const int MaximumPages = 10;

    public override DomainVerificationHealthParts Part => DomainVerificationHealthParts.Outbox;

    public override string Key => "outbox";

    public override string FaultedCode => DomainVerificationHealthCodes.OutboxUnreadable;

    public override string TimedOutCode => DomainVerificationHealthCodes.OutboxTimedOut;

    public override async Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var limit = now - options.MaximumOverdue;
        ClaimWork? oldest = null;
        WorkCursor? after = null;
        for (var pages = 0; pages < MaximumPages; pages++)
        {
            var query = new WorkQuery { IsDead = false, After = after, PageSize = PageSize };
            var page = await store.ListWorkAsync(query, cancellationToken).ConfigureAwait(false);
            var old = page.Work.TakeWhile(work => work.CreatedAt < limit).ToList();
            oldest = old.Where(work => work.DueAt < limit).Append(oldest).OfType<ClaimWork>().MinBy(work => work.DueAt);
            if (old.Count < page.Work.Count || page.Next is null)
            {
                return oldest is null ? PartReport.Well() : Stuck(oldest, now);
            }

            after = page.Next;
        }

        return oldest is null ? PartReport.Degraded(DomainVerificationHealthCodes.OutboxBacklog) : Stuck(oldest, now);
    }

    private static PartReport Stuck(ClaimWork work, DateTimeOffset now) =>
        PartReport.Degraded(DomainVerificationHealthCodes.OutboxStuck) with
        {
            Figures = new Dictionary<string, long> { ["overdue_seconds"] = (long)(now - work.DueAt).TotalSeconds },
            Detail = $"operation {work.Id} ({work.Kind} {work.Domain} by '{work.Target}') was due at {work.DueAt:O}",
        };
}
