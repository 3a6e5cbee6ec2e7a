namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>
/// Looks who holds, and then writes, with no key that would refuse a second holder: what somebody else does in between is not seen. Each
/// owner has a profile of its own in the inner store, which therefore sees no two claims to one domain.
/// </summary>
internal sealed class CheckThenWriteStore : WrappedStore
{
    public override async ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        await Inner.FindAsync(id, cancellationToken) is { } claim ? Show(claim) : null;

    public override async ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken) =>
        await Inner.FindNewestAsync(Hide(profile, owner), owner, domain, cancellationToken) is { } claim ? Show(claim) : null;

    public override async ValueTask<DomainHolding> FindHoldingAsync(
        string profile,
        DomainName domain,
        CancellationToken cancellationToken)
    {
        var claims = await ClaimsAsync(profile, domain, cancellationToken);
        return new DomainHolding(
            claims.Max(claim => (long?)claim.Epoch) ?? 0,
            claims.Find(claim => claim is { Status.Holds: true, Exclusivity: DomainExclusivity.OneHolder }));
    }

    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        foreach (var claim in commit.Claims.Where(claim => claim.Status.Holds))
        {
            var others = (await ClaimsAsync(claim.Profile, claim.Domain, cancellationToken)).Where(other => other.Id != claim.Id);
            if (others.Any(other => other.Status.Holds && commit.Claims.All(changed => changed.Id != other.Id)))
            {
                return ClaimCommitStatus.AlreadyHeld;
            }
        }

        // The window between the read and the write.
        await Task.Yield();
        return await Inner.CommitAsync(
            commit with { Claims = [.. commit.Claims.Select(claim => claim with { Profile = Hide(claim.Profile, claim.Owner) })] },
            cancellationToken);
    }

    private static string Hide(string profile, string owner) => $"{profile}\n{owner}";

    private static DomainClaim Show(DomainClaim claim) => claim with { Profile = claim.Profile.Split('\n')[0] };

    private async Task<List<DomainClaim>> ClaimsAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        var query = new ClaimQuery { Domain = domain, PageSize = ClaimQuery.MaximumPageSize };
        return [.. (await Inner.ListAsync(query, cancellationToken)).Claims.Select(Show).Where(claim => claim.Profile == profile)];
    }
}
