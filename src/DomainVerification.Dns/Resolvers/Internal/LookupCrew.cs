namespace DomainVerification.Dns;

/// <summary>The workers of a batch, or of its part on one lane.</summary>
internal sealed class LookupCrew
{
    private readonly TaskCompletionSource _ended = new();
    private int _left;

    /// <param name="batch">What they work at.</param>
    /// <param name="lane">Where they do; null for anywhere.</param>
    /// <param name="size">How many they are.</param>
    public LookupCrew(LookupBatch batch, UdpLane? lane, int size)
    {
        (Batch, Lane, _left) = (batch, lane, size);
        if (size == 0)
        {
            _ended.SetResult();
        }
    }

    public LookupBatch Batch { get; }

    public UdpLane? Lane { get; }

    /// <summary>Ends when all of them have left.</summary>
    public Task Ended => _ended.Task;

    public void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _ended.SetResult();
        }
    }
}
