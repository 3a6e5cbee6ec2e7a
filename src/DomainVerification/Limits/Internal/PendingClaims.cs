using DomainVerification.Claims.Internal;

namespace DomainVerification.Limits.Internal;

/// <summary>
/// Counts the pending claims of an owner before a new one is made. The count is a read and not a lock: requests at the same moment may each
/// find room and so exceed the limit by as many. Counting exactly would make all requests of an owner wait for one another, to keep a limit
/// that is there against floods.
/// </summary>
internal sealed class PendingClaims(IClaimStore store)
{
    /// <summary>How many pages are read at the most; where that many are full of claims that have run out, nobody sweeps them.</summary>
    private const int MaximumPages = 8;

    private static readonly ClaimStatus[] Pending = [ClaimStatus.Pending];

    /// <summary>Why an owner may not have one more pending claim; <see langword="null"/> where it may.</summary>
    public async Task<DomainVerificationError?> RefuseAsync(
        string profileName,
        string owner,
        DomainVerificationOptions profile,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var maximum = profile.MaximumPendingClaims;
        if (maximum == 0)
        {
            return null;
        }

        var query = new ClaimQuery { Profile = profileName, Owner = owner, Statuses = Pending, PageSize = maximum };
        var count = 0;
        for (var i = 0; i < MaximumPages; i++)
        {
            var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            count += page.Claims.Count(claim => claim.Challenge.ExpiresAt is not { } end || end > now);
            if (count >= maximum)
            {
                return ClaimRefusals.TooManyPendingClaims(maximum);
            }

            if (page.Next is null)
            {
                return null;
            }

            query = query with { After = page.Next };
        }

        return null;
    }
}
