using System.Runtime.CompilerServices;

namespace DomainVerification;

/// <summary>Calls that are made of those of <see cref="IDomainClaimManager"/>.</summary>
public static class DomainClaimManagerExtensions
{
    /// <summary>
    /// Lists all claims of an owner, in the order of their ids, one page after the other. A claim that is made meanwhile comes at the end,
    /// or not at all.
    /// </summary>
    /// <param name="manager">The manager.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="query">
    /// Which of them; its own owner is ignored, its page size is that of each read. All where <see langword="null"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public static async IAsyncEnumerable<DomainClaim> ListAllAsync(
        this IDomainClaimManager manager,
        string owner,
        ClaimQuery? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manager);
        var next = query ?? new ClaimQuery();
        while (true)
        {
            var page = await manager.ListAsync(owner, next, cancellationToken).ConfigureAwait(false);
            foreach (var claim in page.Claims)
            {
                yield return claim;
            }

            if (page.Next is null)
            {
                yield break;
            }

            next = next with { After = page.Next };
        }
    }
}
