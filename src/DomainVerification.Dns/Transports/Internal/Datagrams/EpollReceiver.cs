using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// One thread that reads all ports. It starts with the first port and ends when there was none for a while. When answers come one after the
/// other it lends the reading to a <see cref="PoolTurn"/>.
/// </summary>
internal sealed class EpollReceiver : UdpReceiver
{
    private const int StackSize = 256 * 1024;

    // One who is alone gains nothing.
    private const int FewestToLend = 2;

    // A turn that waits occupies a thread of the pool, so not for long.
    private const int TurnPatience = 1;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private EpollSet? _set;
    private PoolTurn? _turn;
    private long _woken;
    private volatile int _readingThread;

    /// <summary>Answers after which others come in less than this come one after the other.</summary>
    public TimeSpan DenseTime { get; init; } = TimeSpan.FromMicroseconds(500);

    /// <summary>Whom the reading is lent to.</summary>
    public ReadingLoan Loan { get; init; } = new();

    public override PoolCompletions Completions { get; } = new();

    public override bool HasLanes => true;

    /// <summary>Whether work waits for a thread of the pool.</summary>
    public Func<bool> IsPoolBusy { get; init; } = static () => ThreadPool.PendingWorkItemCount > 0;

    // A server on this machine has often answered before a thread could be woken to hear it. Not while others wait for a
    // thread: for this one, whose turn it is, or for any of the pool, as those do whom a loop over many look-ups has begun beside this one.
    public override bool Polls(DnsServerEndpoint server, bool isShared) =>
        !isShared
        && IPAddress.IsLoopback(server.Address)
        && (Turn is not { } turn || (Completions.IsIdle && !turn.HasKept))
        && !IsPoolBusy();

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls)
    {
        EpollSet set;
        lock (_gate)
        {
            set = _set ??= Start();
        }

        return set.Released.Open(server, isShared, polls);
    }

    public override void Add(UdpPort port)
    {
        lock (_gate)
        {
            (_set ??= Start()).Add(port);
        }
    }

    public override void Await(UdpPort port)
    {
        try
        {
            lock (_gate)
            {
                _set?.Await(port);
            }
        }
        catch (SocketException error)
        {
            port.Fail(error.SocketErrorCode);
        }
    }

    public override void Close(UdpPort port)
    {
        // Read by this thread alone, and after its one query nobody sends from it.
        var isReadHere = port.IsPolled ? port.IsPolledHere : _readingThread == Environment.CurrentManagedThreadId;
        if (!port.IsShared && isReadHere && _set!.Released.TryKeep(port))
        {
            return;
        }

        lock (_gate)
        {
            _set?.Remove(port, keepsNumber: false);
        }

        port.Socket.Dispose();
    }

    public override void Send(UdpPort port, UdpOperation operation)
    {
        if (Turn is not { } turn || port.Polls || !turn.TryKeep(port, operation))
        {
            port.Send(operation);
        }
    }

    /// <summary>Reads what has come, for a turn that may have lost the reading meanwhile.</summary>
    /// <param name="turn">The turn, in its thread.</param>
    /// <param name="mayWait">Whether to wait a moment for something to come; if nothing does, the reading is given back.</param>
    /// <returns>Whether the turn is to go on.</returns>
    public bool TryRead(PoolTurn turn, bool mayWait)
    {
        if (!Loan.TryBegin(turn))
        {
            return false;
        }

        var goesOn = _set!.Wait(mayWait ? TurnPatience : 0);
        if (goesOn)
        {
            Read(_set, gathers: true);
        }

        goesOn |= !mayWait;
        Loan.End(returns: !goesOn);
        return goesOn;
    }

    /// <summary>Gives the reading back, where a turn has it yet.</summary>
    public void Return(PoolTurn turn)
    {
        if (Loan.TryBegin(turn))
        {
            Loan.End(returns: true);
        }
    }

    private PoolTurn? Turn => PoolTurn.Current is { } turn && turn == _turn ? turn : null;

    private EpollSet Start()
    {
        EpollSet set = new();
        Thread thread = new(Run, StackSize) { IsBackground = true, Name = "DNS over UDP" };
        try
        {
            thread.UnsafeStart(set);
            return set;
        }
        catch (OutOfMemoryException)
        {
            // Also what a limit of threads is reported as.
            set.Dispose();
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        }
    }

    private void Run(object? state)
    {
        var set = (EpollSet)state!;
        while (true)
        {
            if (set.Wait((int)IdleTime.TotalMilliseconds))
            {
                var lends = MayLend();
                Read(set, gathers: lends);
                if (lends)
                {
                    HandOn();
                }
            }
            else if (TryEnd(set))
            {
                return;
            }
        }
    }

    private void Read(EpollSet set, bool gathers)
    {
        _readingThread = Environment.CurrentManagedThreadId;
        if (gathers)
        {
            Completions.BeginGathering();
        }

        set.Take();
        Completions.EndGathering();
        _readingThread = 0;
    }

    private bool MayLend()
    {
        var before = _woken;
        _woken = Stopwatch.GetTimestamp();

        // The turn before may have lost the reading because the pool has no thread for it, and would have none for the next.
        return Stopwatch.GetElapsedTime(before, _woken) < DenseTime && _turn is not { IsQueued: true };
    }

    private void HandOn()
    {
        if (Completions.Count < FewestToLend)
        {
            Completions.Help();
            return;
        }

        // One whose caller has not come back is left to him.
        var turn = _turn is { IsFree: true } free ? free : _turn = new PoolTurn(this, Completions);
        Loan.Give(turn);
        turn.Start();
        if (Loan.Await() is { } stuck)
        {
            stuck.StopGathering();
            Completions.Help();
        }

        _woken = default;
    }

    private bool TryEnd(EpollSet set)
    {
        lock (_gate)
        {
            if (!set.IsEmpty)
            {
                return false;
            }

            set.Dispose();
            _set = null;
            return true;
        }
    }
}
