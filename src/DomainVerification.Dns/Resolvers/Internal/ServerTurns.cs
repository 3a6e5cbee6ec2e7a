using System.Collections.Concurrent;

namespace DomainVerification.Dns;

/// <summary>Bounds how many queries wait for one server at a time, so that no server is flooded, whoever's zones it serves.</summary>
/// <param name="limit">How many, for each server.</param>
/// <param name="timeProvider">The clock of the waiting.</param>
internal sealed class ServerTurns(int limit, TimeProvider timeProvider)
{
    private const int MaxServers = 4096;

    private readonly ConcurrentDictionary<DnsServerEndpoint, ServerQueue> _queues = new();

    /// <summary>
    /// Waits for a turn at a server, in the order of coming. Null where none came in time; otherwise <see cref="ServerQueue.Leave"/> has to
    /// be called after the query.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public ValueTask<ServerQueue?> EnterAsync(DnsServerEndpoint server, TimeSpan patience, CancellationToken cancellationToken)
    {
        var queue = QueueOf(server);
        return queue.Enter() is { } turn
            ? WaitAsync(queue, turn, patience, cancellationToken)
            : ValueTask.FromResult<ServerQueue?>(queue);
    }

    /// <summary>Takes a turn where one is free at this moment; null otherwise.</summary>
    public ServerQueue? TryEnter(DnsServerEndpoint server) => QueueOf(server) is var queue && queue.TryEnter() ? queue : null;

    private async ValueTask<ServerQueue?> WaitAsync(
        ServerQueue queue,
        TaskCompletionSource turn,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        try
        {
            await turn.Task.WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(false);
            return queue;
        }
        catch (TimeoutException)
        {
            // Given at the very last moment, it is taken all the same.
            return turn.TrySetCanceled(CancellationToken.None) ? null : queue;
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetCanceled(CancellationToken.None))
            {
                queue.Leave();
            }

            throw;
        }
    }

    private ServerQueue QueueOf(DnsServerEndpoint server)
    {
        if (_queues.TryGetValue(server, out var known))
        {
            return known;
        }

        if (_queues.Count >= MaxServers)
        {
            Forget();
        }

        return _queues.GetOrAdd(server, static (_, limit) => new ServerQueue(limit), limit);
    }

    private void Forget()
    {
        foreach (var (server, queue) in _queues)
        {
            if (queue.IsIdle)
            {
                _queues.TryRemove(server, out _);
            }
        }
    }
}
