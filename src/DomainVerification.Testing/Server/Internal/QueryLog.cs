namespace DomainVerification.Testing;

/// <summary>The queries that a server received, the newest <see cref="Capacity"/> of them.</summary>
internal sealed class QueryLog
{
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedQuery> _queries = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    public IReadOnlyList<ReceivedQuery> Snapshot()
    {
        lock (_gate)
        {
            return [.. _queries];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _queries.Clear();
        }
    }

    public void Add(ReceivedQuery query)
    {
        lock (_gate)
        {
            if (_queries.Count == Capacity)
            {
                _queries.Dequeue();
            }

            _queries.Enqueue(query);
            foreach (var (count, reached) in _waiters)
            {
                if (_queries.Count >= count)
                {
                    reached.TrySetResult();
                }
            }

            _waiters.RemoveAll(static waiter => waiter.Reached.Task.IsCompleted);
        }
    }

    public Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_queries.Count >= count)
            {
                reached.SetResult();
            }
            else
            {
                _waiters.Add((count, reached));
            }

            return reached.Task.WaitAsync(cancellationToken);
        }
    }
}
