namespace DomainVerification.Testing;

/// <summary>What a server received, the newest <see cref="Capacity"/> of it.</summary>
/// <typeparam name="T">A query or a request.</typeparam>
internal sealed class ReceivedLog<T>
{
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<T> _received = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    public IReadOnlyList<T> Snapshot()
    {
        lock (_gate)
        {
            return [.. _received];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _received.Clear();
        }
    }

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_received.Count == Capacity)
            {
                _received.Dequeue();
            }

            _received.Enqueue(item);
            foreach (var (count, reached) in _waiters)
            {
                if (_received.Count >= count)
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
            if (_received.Count >= count)
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
