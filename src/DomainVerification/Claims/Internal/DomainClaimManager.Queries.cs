using DomainVerification.Challenges.Internal;
using DomainVerification.Identities.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public async Task<ClaimResult> GetAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var (found, error) = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        return found is null
            ? ClaimResult.Failed(ClaimResultStatus.NotFound, error ?? ClaimRefusals.NotFound)
            : ClaimResult.Unchanged(found);
    }

    public async Task<ClaimResult> GetInstructionsAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var result = await GetAsync(claim, cancellationToken).ConfigureAwait(false);
        if (result.Claim is not { } found)
        {
            return result;
        }

        if (HasRunOut(found))
        {
            return ClaimResult.Refused(ClaimRefusals.ChallengeExpired, found);
        }

        return found.Status.IsLive
            ? await WithInstructionsAsync(result, found, cancellationToken).ConfigureAwait(false)
            : ClaimResult.Refused(ClaimRefusals.Of(found.Status, ClaimAction.Rotate), found);
    }

    public async Task<ProvisioningProgress?> GetProvisioningAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var (found, _) = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        // Read before the work: a step whose operation has left the outbox in between is then shown as waiting, never as lost.
        var query = new WorkQuery { Profile = found.Profile, Domain = found.Domain, PageSize = WorkQuery.MaximumPageSize };
        var outbox = new List<ClaimWork>();
        while (true)
        {
            var page = await store.ListWorkAsync(query, cancellationToken).ConfigureAwait(false);
            outbox.AddRange(page.Work.Where(work => work.Kind != ClaimWorkKind.Notify));
            if (page.Next is null)
            {
                return ProvisioningReport.Of(found, outbox);
            }

            query = query with { After = page.Next };
        }
    }

    public async Task<ClaimPage> ListAsync(string owner, ClaimQuery? query, CancellationToken cancellationToken)
    {
        HostIdentifier.Require(owner);
        var wanted = (query ?? new ClaimQuery()) with { Owner = owner };
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted.PageSize, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted.PageSize, ClaimQuery.MaximumPageSize, nameof(query));
        var page = await store.ListAsync(wanted, cancellationToken).ConfigureAwait(false);
        return page with { Claims = [.. page.Claims.Select(claim => claim.WithoutHolder())] };
    }

    public async Task<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var (found, _) = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        return found is null ? [] : await store.ListEventsAsync(found.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds what to publish, where the token can still be shown.</summary>
    private async Task<ClaimResult> WithInstructionsAsync(ClaimResult result, DomainClaim claim, CancellationToken cancellationToken)
    {
        var context = new TokenContext(claim.Profile, claim.Owner, claim.Domain, claim.Challenge.Generation);
        var token = await issuer.RevealAsync(claim.Challenge.Token, context, cancellationToken).ConfigureAwait(false);
        return token is null ? result : result with { Instructions = InstructionWriter.Write(claim, names.Zone(claim.Domain), token) };
    }
}
