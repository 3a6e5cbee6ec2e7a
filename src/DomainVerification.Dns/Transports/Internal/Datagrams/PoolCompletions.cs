using System.Collections.Concurrent;

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

    public bool IsIdle => _ended.IsEmpty;

    public void Add(UdpOperation operation)
    {
        _ended.Enqueue(operation);
        Request();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Before the queue is read: whoever adds later has to ask again.
        Interlocked.Exchange(ref _isRequested, 0);
        var context = ExecutionContext.Capture();
        for (var i = 0; i < AtOnce && _ended.TryDequeue(out var operation); i++)
        {
            if (!_ended.IsEmpty)
            {
                Request();
            }

            operation.GoOn();

            // What one caller has left in the context of the thread is not for the next one to see, as the pool has it between work items.
            if (context is not null)
            {
                ExecutionContext.Restore(context);
            }
        }

        if (!_ended.IsEmpty)
        {
            Request();
        }
    }

    private void Request()
    {
        if (Interlocked.CompareExchange(ref _isRequested, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
