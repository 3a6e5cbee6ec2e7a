using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>
/// Hands ended queries to their callers, in the pool: what callers do must not hold up the thread that receives. A work item for each would
/// wake a thread for each. Here one item goes through all that have ended, and asks for another before it lets a caller go on, so that
/// a caller who blocks holds up nobody else.
/// </summary>
internal sealed class PoolCompletions : IUdpCompletions, IThreadPoolWorkItem
{
    // After so many in a row other work of the process has its turn.
    private const int AtOnce = 64;

    private readonly ConcurrentQueue<UdpOperation> _ended = new();
    private int _isRequested;
    private volatile int _gatherer;

    public bool IsIdle => _ended.IsEmpty;

    /// <summary>How many have ended and wait for their turn.</summary>
    public int Count => _ended.Count;

    public void Add(UdpOperation operation)
    {
        _ended.Enqueue(operation);
        if (_gatherer != Environment.CurrentManagedThreadId)
        {
            Request();
        }
    }

    /// <summary>
    /// Until <see cref="EndGathering"/> no thread is woken for what this thread adds: it sees to it that somebody takes that.
    /// </summary>
    public void BeginGathering() => _gatherer = Environment.CurrentManagedThreadId;

    public void EndGathering() => _gatherer = 0;

    /// <summary>Takes a query, to let its caller go on.</summary>
    public bool TryTake([MaybeNullWhen(false)] out UdpOperation operation) => _ended.TryDequeue(out operation);

    /// <summary>Has a thread look after what waits.</summary>
    public void Help()
    {
        if (!IsIdle)
        {
            Request();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Before the queue is read: whoever adds later has to ask again.
        Interlocked.Exchange(ref _isRequested, 0);
        var context = CallerContext.Capture();
        for (var i = 0; i < AtOnce && _ended.TryDequeue(out var operation); i++)
        {
            Help();
            operation.GoOn();
            context.Restore();
        }

        Help();
    }

    private void Request()
    {
        if (Interlocked.CompareExchange(ref _isRequested, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
