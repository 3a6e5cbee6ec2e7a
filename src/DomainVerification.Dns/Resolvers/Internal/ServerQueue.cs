namespace DomainVerification.Dns;

/// <summary>The queries at one server, and those that wait for their turn.</summary>
internal sealed class ServerQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _running;

    public bool IsIdle => Volatile.Read(ref _running) == 0;

    /// <summary>Takes a turn where one is free.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            var isFree = _running < limit;
            _running += isFree ? 1 : 0;
            return isFree;
        }
    }

    /// <summary>Takes a turn; where none is free, gives what is completed when one is.</summary>
    public TaskCompletionSource? Enter()
    {
        lock (_gate)
        {
            if (TryEnter())
            {
                return null;
            }

            TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn;
        }
    }

    /// <summary>Gives the turn to the next who still waits.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _running--;
        }
    }
}
