namespace DomainVerification.Dns;

/// <summary>
/// Look-ups under way, one for each question: who asks the same meanwhile waits for the same answer. Many queries for one question would
/// let a forger guess at all of them at once (RFC 5452, section 5).
/// </summary>
/// <param name="run">Runs a look-up.</param>
internal sealed class SharedLookups(Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run)
{
    private readonly Dictionary<DnsQuestion, Running> _running = [];
    private readonly Lock _turn = new();

    public async ValueTask<DnsLookup> RunAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        var waiter = Join(question, out var isFirst);
        var running = waiter.Running;
        using var registration = cancellationToken.UnsafeRegister(static waiter => ((Waiter)waiter!).Leave(), waiter);
        try
        {
            var lookup = isFirst ? RunAsync(question, running) : running.Answer.Task;
            return await lookup.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            waiter.Leave();
        }
    }

    private Waiter Join(DnsQuestion question, out bool isFirst)
    {
        lock (_turn)
        {
            isFirst = !_running.TryGetValue(question, out var running);
            if (running is null)
            {
                _running.Add(question, running = new Running());
            }

            running.Waiters++;
            return new Waiter(this, question, running);
        }
    }

    private async Task<DnsLookup> RunAsync(DnsQuestion question, Running running)
    {
        try
        {
            var lookup = await run(question, running.Abandoned).ConfigureAwait(false);
            Remove(question, running);
            running.Answer.SetResult(lookup);
            return lookup;
        }
        catch (Exception error)
        {
            Remove(question, running);
            running.Fail(error);
            throw;
        }
    }

    /// <summary>Who leaves last ends the look-up; whoever asks after that has a new one.</summary>
    private void Leave(DnsQuestion question, Running running)
    {
        lock (_turn)
        {
            if (--running.Waiters > 0)
            {
                return;
            }

            Remove(question, running);
        }

        running.Dispose();
    }

    private void Remove(DnsQuestion question, Running running)
    {
        lock (_turn)
        {
            if (_running.GetValueOrDefault(question) == running)
            {
                _running.Remove(question);
            }
        }
    }

    private sealed class Waiter(SharedLookups lookups, DnsQuestion question, Running running)
    {
        private int _left;

        public Running Running { get; } = running;

        public void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                lookups.Leave(question, Running);
            }
        }
    }

    private sealed class Running : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();

        public Running() => Abandoned = _abandoned.Token;

        public int Waiters { get; set; }

        /// <summary>What those wait for who came later.</summary>
        public TaskCompletionSource<DnsLookup> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Cancelled when nobody waits any more; of use also after that.</summary>
        public CancellationToken Abandoned { get; }

        public void Fail(Exception error)
        {
            Answer.SetException(error);

            // Whoever still waits is told; where nobody does, nobody misses it.
            _ = Answer.Task.Exception;
        }

        public void Dispose()
        {
            _abandoned.Cancel();
            _abandoned.Dispose();
        }
    }
}
