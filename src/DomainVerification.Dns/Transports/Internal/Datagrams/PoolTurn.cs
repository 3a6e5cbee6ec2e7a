using System.Diagnostics;

namespace DomainVerification.Dns;

/// <summary>
/// A work item of the pool that has been lent the reading of all ports: it lets callers go on, sends what they ask next, many queries by
/// one call, and reads on, for as long as answers come. No answer has to be handed to another thread then. What a caller does there may
/// take long: <see cref="ReadingLoan"/> sees to it that nobody else waits for that.
/// </summary>
/// <param name="receiver">Whose ports are read.</param>
/// <param name="completions">The queries that have ended.</param>
internal sealed class PoolTurn(EpollReceiver receiver, PoolCompletions completions) : IThreadPoolWorkItem
{
    /// <summary>Is never the value of <see cref="Steps"/>.</summary>
    public const int NoStep = -1;

    // After so many in a row it is time to send and to read.
    private const int AtOnce = 256;

    private const int Free = 0;
    private const int Queued = 1;
    private const int Running = 2;

    // After so many in a row who were alone, a thread that sleeps until it is woken is the better reader.
    private const int MaxLonely = 16;

    // So many in a round tell nothing: the system may have given the processor to somebody else, or have collected garbage.
    private const int MaxSlow = 8;

    // As long as the pool lets a thread work before it looks after others.
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(30);

    // Those of whom each takes longer are better off side by side.
    private static readonly TimeSpan SlowCaller = TimeSpan.FromMicroseconds(50);

    [ThreadStatic]
    private static PoolTurn? t_current;

    private readonly Lock _gate = new();
    private readonly UdpOutbox _outgoing = new();
    private bool _gathers;
    private volatile bool _hasKept;
    private volatile int _phase;
    private volatile int _steps;

    /// <summary>After so long it is time to send and to read, however many callers wait.</summary>
    public TimeSpan RoundTime { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The turn that this thread is in.</summary>
    public static PoolTurn? Current => t_current;

    /// <summary>Whether it may begin.</summary>
    public bool IsFree => _phase == Free;

    /// <summary>Whether it waits for a thread of the pool.</summary>
    public bool IsQueued => _phase == Queued;

    /// <summary>Changes whenever a caller goes on or something is read.</summary>
    public int Steps => _steps;

    /// <summary>Whether queries wait to be sent. Waits for nobody who sends them: who asks this may be what he waits for.</summary>
    public bool HasKept => _hasKept;

    /// <summary>Gets a thread of the pool. The reading must have been lent to it.</summary>
    public void Start()
    {
        BeginGathering();
        Enqueue();
    }

    /// <summary>From now on queries may be kept, until <see cref="StopGathering"/>.</summary>
    public void BeginGathering()
    {
        lock (_gate)
        {
            _gathers = true;
        }
    }

    /// <summary>Keeps a query to be sent together with others. False where that is over: it is to be sent now.</summary>
    public bool TryKeep(UdpPort port, UdpOperation operation)
    {
        lock (_gate)
        {
            if (!_gathers)
            {
                return false;
            }

            _outgoing.Add(port, operation);
            _hasKept = true;
            return true;
        }
    }

    /// <summary>Sends what is kept, and keeps nothing any more: the caller who runs here may not come back soon.</summary>
    public void StopGathering()
    {
        lock (_gate)
        {
            _gathers = false;
            Send();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        _phase = Running;
        t_current = this;
        var hasMore = TryRun();
        t_current = null;
        if (hasMore)
        {
            Enqueue();
        }
        else
        {
            // Whatever the turn leaves behind is for others.
            _phase = Free;
            completions.Help();
        }
    }

    /// <returns>Whether there is more to do, once others have had their turn.</returns>
    private bool TryRun()
    {
        var began = Stopwatch.GetTimestamp();
        var lonely = 0;
        while (true)
        {
            lonely = GoOn() > 1 || !completions.IsIdle ? 0 : lonely + 1;
            Send();
            if (lonely == MaxLonely)
            {
                receiver.Return(this);
                return false;
            }

            var isDue = ThreadPool.PendingWorkItemCount > 0 || Stopwatch.GetElapsedTime(began) > MaxTime;
            var reads = receiver.TryRead(this, mayWait: !isDue && completions.IsIdle);
            _steps = (_steps + 1) & int.MaxValue;
            if (!reads || isDue)
            {
                return reads;
            }
        }
    }

    /// <returns>How many callers went on.</returns>
    private int GoOn()
    {
        var context = CallerContext.Capture();
        var began = Stopwatch.GetTimestamp();
        var before = began;
        var (taken, slow) = (0, 0);
        for (; taken < AtOnce && Stopwatch.GetElapsedTime(began, before) < RoundTime && completions.TryTake(out var operation); taken++)
        {
            _steps = (_steps + 1) & int.MaxValue;
            operation.GoOn();
            context.Restore();

            var after = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(before, after) > SlowCaller)
            {
                Send();
                if (++slow > MaxSlow)
                {
                    completions.Help();
                }
            }

            before = after;
        }

        return taken;
    }

    private void Send()
    {
        lock (_gate)
        {
            _outgoing.Send();
            _hasKept = false;
        }
    }

    private void Enqueue()
    {
        _phase = Queued;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
