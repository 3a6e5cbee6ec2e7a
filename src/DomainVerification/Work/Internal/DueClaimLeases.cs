using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Work.Internal;

/// <summary>A claim with the end of its lease.</summary>
internal readonly record struct LeasedClaim(DomainClaim Claim, DateTimeOffset Until);

/// <summary>
/// The due claims, leased batch after batch. The next batch is leased while the present one is being looked at, and no more than that one.
/// </summary>
internal sealed class DueClaimLeases(
    IClaimStore store,
    IPublicSuffixList suffixes,
    DomainVerificationWorkerOptions settings,
    OpenLeases open,
    TimeProvider time)
{
    private Task<Lease>? _first;
    private ExceptionDispatchInfo? _failure;

    /// <summary>How many claims were leased.</summary>
    public int Count { get; private set; }

    /// <summary>Leases the first batch; gives whether there is anything in it.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        _first = LeaseAsync(cancellationToken);
        return (await _first.ConfigureAwait(false)).Claims.Count > 0;
    }

    public async IAsyncEnumerable<LeasedClaim> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<Lease>? next = _first ?? LeaseAsync(cancellationToken);
        try
        {
            while (next is not null)
            {
                var lease = await TryTakeAsync(next, cancellationToken).ConfigureAwait(false);
                next = null;
                if (lease is null)
                {
                    yield break;
                }

                var (claims, until) = lease;
                Count += claims.Count;

                // Behind a batch that is not full nothing else is due.
                var isLast = claims.Count < settings.BatchSize;
                claims = FairOrder.Of(claims, suffixes);
                for (var i = 0; i < claims.Count; i++)
                {
                    if (!isLast && i == claims.Count / 2)
                    {
                        next = LeaseAsync(cancellationToken);
                    }

                    yield return new LeasedClaim(claims[i], until);
                }
            }
        }
        finally
        {
            if (next is not null)
            {
                // Whoever enumerates has given up; what is being leased must be known before leases are given back.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Throws what made a lease fail, after which there are no more.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    // A lease that fails must not cut short the looks of the batch before, which are under way.
    private async Task<Lease?> TryTakeAsync(Task<Lease> lease, CancellationToken cancellationToken)
    {
        try
        {
            return await lease.ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            return null;
        }
    }

    private async Task<Lease> LeaseAsync(CancellationToken cancellationToken)
    {
        var request = new LeaseRequest(time.GetUtcNow(), settings.LeaseDuration, settings.BatchSize);
        var claims = await store.LeaseDueClaimsAsync(request, cancellationToken).ConfigureAwait(false);
        var until = request.Now + request.Duration;
        open.Add(claims, until);
        return new Lease(claims, until);
    }

    private sealed record Lease(IReadOnlyList<DomainClaim> Claims, DateTimeOffset Until);
}
