namespace DomainVerification.Dns;

/// <summary>How many connections there may be at once.</summary>
internal sealed class ConnectionSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private int _waiting;

    /// <summary>Whether somebody waits for a slot.</summary>
    public bool IsCrowded => Volatile.Read(ref _waiting) > 0;

    /// <summary>Waits for a slot, which is free again once what comes out is disposed.</summary>
    /// <param name="makeRoom">Called where none is free.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<IDisposable> TakeAsync(Action makeRoom, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_free.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                makeRoom();
                await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        return new Slot(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
