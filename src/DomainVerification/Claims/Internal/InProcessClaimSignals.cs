using System.Threading.Channels;

namespace DomainVerification.Claims.Internal;

/// <summary>Signals within one process. Costs a commit nothing where nobody listens.</summary>
internal sealed class InProcessClaimSignals : IClaimSignals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ClaimId, List<Subscription>> _listeners = [];

    /// <summary>How many subscriptions are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _listeners.Values.Sum(list => list.Count);
            }
        }
    }

    public void Raise(IReadOnlyList<ClaimId> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        lock (_gate)
        {
            if (_listeners.Count == 0)
            {
                return;
            }

            foreach (var claim in claims)
            {
                foreach (var listener in _listeners.GetValueOrDefault(claim) ?? [])
                {
                    listener.Wake();
                }
            }
        }
    }

    public IClaimSubscription Subscribe(ClaimId claim)
    {
        var subscription = new Subscription(this, claim);
        lock (_gate)
        {
            if (!_listeners.TryGetValue(claim, out var list))
            {
                _listeners[claim] = list = [];
            }

            list.Add(subscription);
        }

        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(subscription.Claim, out var list) && list.Remove(subscription) && list.Count == 0)
            {
                _listeners.Remove(subscription.Claim);
            }
        }
    }

    private sealed class Subscription(InProcessClaimSignals owner, ClaimId claim) : IClaimSubscription
    {
        // Room for one: a second change before the listener looked is news that it has already. Its waiter must not run under the lock.
        private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = false });

        public ClaimId Claim => claim;

        public void Wake() => _signal.Writer.TryWrite(true);

        public Task WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken).AsTask();

        public void Dispose() => owner.Remove(this);
    }
}
