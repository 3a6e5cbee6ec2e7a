namespace DomainVerification.Testing;

/// <summary>The work that a server has under way, and what went wrong with it. A limited number, so that a test gone wild ends.</summary>
internal sealed class ServerTasks
{
    /// <summary>The most answers and connections under way at once.</summary>
    public const int MaxUnderWay = 4096;

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly List<Exception> _failures = [];

    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>
    /// Starts work and keeps it until it ends; what it throws, apart from cancellation, becomes a failure. False, and a failure too, where
    /// too much is under way.
    /// </summary>
    public bool TryStart(Func<Task> work)
    {
        lock (_gate)
        {
            if (_underWay.Count >= MaxUnderWay)
            {
                _failures.Add(new InvalidOperationException($"More than {MaxUnderWay} answers and connections were under way at once."));
                return false;
            }
        }

        var guarded = GuardAsync(work);
        if (guarded.IsCompleted)
        {
            return true;
        }

        lock (_gate)
        {
            _underWay.Add(guarded);
        }

        guarded.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return true;
    }

    /// <summary>Completes once nothing is under way.</summary>
    public async Task DrainAsync()
    {
        while (Snapshot() is { Length: > 0 } tasks)
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
    }

    private Task[] Snapshot()
    {
        lock (_gate)
        {
            _underWay.RemoveWhere(static task => task.IsCompleted);
            return [.. _underWay];
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _underWay.Remove(task);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server is ending, and with it what it had under way.
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _failures.Add(failure);
            }
        }
    }
}
