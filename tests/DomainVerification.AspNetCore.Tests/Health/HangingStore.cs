namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>A store that blocks its caller's thread until it is let go, as one does that waits for the lock of a file; or throws.</summary>
internal sealed class HangingStore : WrappedStore, IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private int _looks;

    public Exception? Fault { get; set; }

    public int Looks => _looks;

    public void LetGo() => _gate.Set();

    public override ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        if (Fault is { } fault)
        {
            throw fault;
        }

        _gate.Wait(CancellationToken.None);
        return base.FindAsync(id, cancellationToken);
    }

    public void Dispose()
    {
        _gate.Set();
        _gate.Dispose();
    }
}
