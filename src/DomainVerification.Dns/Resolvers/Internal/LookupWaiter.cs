using System.Threading.Tasks.Sources;

namespace DomainVerification.Dns;

/// <summary>One caller of a look-up. It ends once; after its result was taken it serves another caller.</summary>
internal sealed class LookupWaiter(SharedLookups lookups) : IValueTaskSource<DnsLookup>
{
    private ManualResetValueTaskSourceCore<DnsLookup> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private SharedLookup? _lookup;
    private UdpLane? _lane;

    public ValueTask<DnsLookup> Task => new(this, _core.Version);

    /// <summary>Begins to wait, for a caller in this thread.</summary>
    public void Join(SharedLookup lookup) => (_lookup, _lane) = (lookup, UdpLane.Current);

    /// <summary>From now on the caller's token ends the waiting.</summary>
    public void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static waiter => ((LookupWaiter)waiter!).Cancel(), this);
        }
    }

    /// <param name="lookup">The answer, unless there is an error.</param>
    /// <param name="error">What the look-up threw.</param>
    /// <param name="runsOn">Whether the caller may go on right here, which at most one may.</param>
    public void End(DnsLookup? lookup, Exception? error, bool runsOn)
    {
        // On a lane only its own callers may: another's code is not what it was made for.
        _core.RunContinuationsAsynchronously = !runsOn || _lane != UdpLane.Current;
        if (error is null)
        {
            _core.SetResult(lookup!);
        }
        else
        {
            _core.SetException(error);
        }
    }

    DnsLookup IValueTaskSource<DnsLookup>.GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The look-up has not ended.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            // Waits for a callback that is under way, so that it cannot end the next caller's waiting.
            _registration.Dispose();
            _registration = default;
            _token = default;
            (_lookup, _lane) = (null, null);
            _core.Reset();
            lookups.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<DnsLookup>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<DnsLookup>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (lookups.TryLeave(this, _lookup!))
        {
            _core.RunContinuationsAsynchronously = true;
            _core.SetException(new OperationCanceledException(_token));
        }
    }
}
