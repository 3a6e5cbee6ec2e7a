using System.Collections.Concurrent;

namespace DomainVerification.Dns;

/// <summary>Operations that wait for their next query.</summary>
internal sealed class UdpOperationPool(TimeProvider timeProvider)
{
    private const int MaxIdle = 1024;

    private readonly ConcurrentQueue<UdpOperation> _idle = new();
    private int _count;

    /// <summary>What hands the ended ones to their callers.</summary>
    public UdpCompletions Completions { get; } = new();

    public UdpOperation Rent()
    {
        if (!_idle.TryDequeue(out var operation))
        {
            return new UdpOperation(this, timeProvider);
        }

        Interlocked.Decrement(ref _count);
        return operation;
    }

    public void Return(UdpOperation operation)
    {
        if (Interlocked.Increment(ref _count) <= MaxIdle)
        {
            _idle.Enqueue(operation);
            return;
        }

        Interlocked.Decrement(ref _count);
        operation.Query.Dispose();
    }
}
