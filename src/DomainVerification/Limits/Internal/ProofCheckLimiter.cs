using Microsoft.Extensions.Options;

namespace DomainVerification.Limits.Internal;

/// <summary>Counts checks in the memory of the process. A check takes from all of its buckets or from none.</summary>
internal sealed class ProofCheckLimiter(IOptions<CheckLimitOptions> options, TimeProvider time) : IProofCheckLimiter
{
    private readonly Lock _gate = new();
    private readonly CheckLimitOptions _limits = options.Value;
    private readonly CheckBuckets _buckets = new(options.Value.Window.Ticks);

    /// <summary>How many buckets are kept.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _buckets.Count;
            }
        }
    }

    public ValueTask<ProofCheckAdmission> AdmitAsync(ProofCheckAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // A clock of the wall may be set back; this one only runs.
            return ValueTask.FromResult(Admit(attempt, time.GetElapsedTime(0, time.GetTimestamp()).Ticks));
        }
    }

    private ProofCheckAdmission Admit(ProofCheckAttempt attempt, long now)
    {
        _buckets.Sweep(now);
        var domain = new BucketDraw(new BucketKey(null, attempt.Domain.Value), _limits.PerDomain);
        var owner = new BucketDraw(new BucketKey(attempt.Owner, null), _limits.PerOwner);
        var total = new BucketDraw(default, _limits.Total);
        var turn = new BucketDraw(new BucketKey(attempt.Owner, attempt.Domain.Value), 1);

        // Whoever has not looked within the window gets a turn, however often strangers did.
        var wait = Math.Max(Shortage(owner, now), Shortage(total, now));
        if (!_buckets.IsFull(turn.Key, now))
        {
            wait = Math.Max(wait, Shortage(domain, now));
        }

        if (wait > 0)
        {
            return ProofCheckAdmission.Refused(TimeSpan.FromTicks(wait));
        }

        Take(owner, now);
        Take(total, now);
        Take(domain, now);
        if (_limits.PerDomain > 0 && _buckets.IsFull(turn.Key, now))
        {
            _buckets.Take(turn, now);
        }

        return ProofCheckAdmission.Admitted;
    }

    private long Shortage(BucketDraw draw, long now) => draw.Limit == 0 ? 0 : _buckets.Shortage(draw, now);

    private void Take(BucketDraw draw, long now)
    {
        if (draw.Limit > 0)
        {
            _buckets.Take(draw, now);
        }
    }
}
