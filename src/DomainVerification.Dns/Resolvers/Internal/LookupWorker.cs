using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// Runs one look-up of a batch after the other. It is no async method, since as many of them begin as look-ups are under way, and the state
/// of each would be objects of every batch; these serve the next one.
/// </summary>
internal sealed class LookupWorker
{
    private const int MaxIdle = 1024;

    private static readonly IdleObjects<LookupWorker> Idle = new(MaxIdle);
    private static readonly ContextCallback AskInContext = static worker => ((LookupWorker)worker!).Ask();
    private static readonly ContextCallback TakeInContext = static worker => ((LookupWorker)worker!).Take();

    private readonly Action _run;
    private readonly Action _onAnswer;
    private readonly Action _onTaken;
    private LookupCrew? _crew;
    private int _index;
    private long _started;
    private ConfiguredValueTaskAwaitable<DnsLookup>.ConfiguredValueTaskAwaiter _answer;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _taken;

    private LookupWorker() => (_run, _onAnswer, _onTaken) = (Run, OnAnswer, OnTaken);

    /// <summary>Runs a batch, or its part on one lane.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="lane">Where look-ups are begun and their results taken; null for anywhere.</param>
    /// <param name="workers">How many run side by side.</param>
    /// <returns>Ends when all of them have ended.</returns>
    public static Task RunAsync(LookupBatch batch, UdpLane? lane, int workers)
    {
        LookupCrew crew = new(batch, lane, workers);
        for (var i = 0; i < workers; i++)
        {
            var worker = Idle.TryTake(out var idle) ? idle : new LookupWorker();
            worker._crew = crew;
            worker.Run();
        }

        return crew.Ended;
    }

    // After an awaiter has been told to go on, somebody else may be doing so: nothing here is touched any more then.
    private void Run()
    {
        while (_crew!.Batch.TryTake(out _index))
        {
            InContext(AskInContext);
            if (!_answer.IsCompleted)
            {
                _answer.UnsafeOnCompleted(_onAnswer);
                return;
            }

            if (!TryTake())
            {
                return;
            }
        }

        var crew = _crew;
        _crew = null;
        Idle.TryKeep(this);
        crew.Leave();
    }

    private void OnAnswer()
    {
        if (TryTake())
        {
            GoOn();
        }
    }

    private void OnTaken()
    {
        EndTaking();
        GoOn();
    }

    private bool TryTake()
    {
        InContext(TakeInContext);
        if (!_taken.IsCompleted)
        {
            _taken.UnsafeOnCompleted(_onTaken);
            return false;
        }

        EndTaking();
        return true;
    }

    private void Ask()
    {
        var (batch, work) = (_crew!.Batch, _crew.Batch.Work);
        ValueTask<DnsLookup> answer;
        try
        {
            _started = work.Now;
            answer = work.AskAsync(_index, batch.CancellationToken);

            // An answer that was taken before throws here already, and not in a thread where nobody catches it.
            _ = answer.IsCompleted;
        }
        catch (Exception error)
        {
            answer = ValueTask.FromException<DnsLookup>(error);
        }

        _answer = answer.ConfigureAwait(false).GetAwaiter();
    }

    private void Take()
    {
        var (batch, work, answer) = (_crew!.Batch, _crew.Batch.Work, _answer);
        _answer = default;
        ValueTask taken;
        try
        {
            taken = work.TakeAsync(_index, answer.GetResult(), _started, batch.CancellationToken);
        }
        catch (Exception error)
        {
            taken = ValueTask.FromException(error);
        }

        _taken = taken.ConfigureAwait(false).GetAwaiter();
    }

    private void EndTaking()
    {
        var taken = _taken;
        _taken = default;
        try
        {
            taken.GetResult();
        }
        catch (Exception error)
        {
            _crew!.Batch.Fail(error);
        }
    }

    private void GoOn()
    {
        if (_crew!.Lane is { } lane && lane != UdpLane.Current)
        {
            lane.Post(_run);
        }
        else
        {
            Run();
        }
    }

    // What the work leaves in its context is not for the next piece of it to see.
    private void InContext(ContextCallback step)
    {
        if (_crew!.Batch.Context is { } context)
        {
            ExecutionContext.Run(context, step, this);
        }
        else
        {
            step(this);
        }
    }
}
