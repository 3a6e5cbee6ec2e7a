using DomainVerification;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    public async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var transaction = await BeginAsync(cancellationToken);
        var claims = await transaction.Session.ListAsync(
            $"SELECT body FROM claims WHERE waits_since <= {request.Now} ORDER BY waits_since, id LIMIT {request.Maximum}",
            ReadClaim);
        foreach (var claim in claims)
        {
            // The body stays as it is: a lease is no change of the claim. One that runs out unused goes to the back of the line.
            await transaction.Session.ExecuteAsync(
                $"UPDATE claims SET waits_since = {request.Now + request.Duration} WHERE id = {claim.Id}");
        }

        await transaction.CommitAsync();
        return claims;
    }

    public async ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var transaction = await BeginAsync(cancellationToken);

        // Only heads are leased. A dead letter has no number, so it is never the lowest.
        var work = await transaction.Session.ListAsync(
            $"""
            SELECT body FROM work AS w
            WHERE number = (SELECT min(number) FROM work WHERE profile = w.profile AND domain = w.domain AND target = w.target)
                AND max(due_at, leased_until) <= {request.Now}
            ORDER BY max(due_at, leased_until), id LIMIT {request.Maximum}
            """,
            ReadWork);
        foreach (var item in work)
        {
            await transaction.Session.ExecuteAsync(
                $"UPDATE work SET leased_until = {request.Now + request.Duration} WHERE id = {item.Id}");
        }

        await transaction.CommitAsync();
        return work;
    }
}
