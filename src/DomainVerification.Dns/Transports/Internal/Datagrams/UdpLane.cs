using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// A thread on which one caller runs many look-ups: it sends their queries, reads their ports, and runs on what waits for the answers,
/// so that no answer has to be handed to another thread. Queries go out together after all that was ready has run. Code that blocks there
/// holds up its own lane, and who waits for a look-up that it began.
/// </summary>
internal sealed class UdpLane : UdpReceiver, IUdpCompletions, IDisposable
{
    [ThreadStatic]
    private static UdpLane? t_current;

    private readonly EventHandle _bell = EventHandle.Create();
    private readonly LaneBuffers _buffers = LaneBuffers.Rent();
    private readonly EpollSet _set;
    private readonly Queue<UdpOperation> _ended;
    private readonly UdpOutbox _outgoing;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly List<Action> _onEnd = [];
    private int _running;

    private UdpLane()
    {
        (_set, _ended, _outgoing) = (new EpollSet(_buffers.Received), _buffers.Ended, _buffers.Outgoing);
        try
        {
            _set.Add(_bell);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The lane whose thread this is.</summary>
    public static UdpLane? Current => t_current;

    /// <summary>Runs work on a lane of its own, in the caller's execution context.</summary>
    /// <param name="work">The work. What it awaits elsewhere may take it off the lane; by <see cref="Post"/> it comes back.</param>
    /// <returns>Ends, outside of the lane, when the work has ended. Its thread may have others to serve yet.</returns>
    /// <exception cref="SocketException">The system has no room for another lane.</exception>
    public static Task RunAsync(Func<UdpLane, Task> work)
    {
        UdpLane lane = new();
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = ExecutionContext.Capture();
        Thread thread = new(() => lane.Run(work, context, ended)) { IsBackground = true, Name = "DNS lane" };
        try
        {
            thread.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            // Also what a limit of threads is reported as.
            lane.Dispose();
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        }

        return ended.Task;
    }

    /// <summary>Runs something on the lane's thread, from whichever thread.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        _bell.Set();
    }

    /// <summary>Calls something when the lane has ended.</summary>
    public void OnEnd(Action action) => _onEnd.Add(action);

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls) => _set.Released.Open(server, isShared);

    public override void Add(UdpPort port) => _set.Add(port);

    public override void Close(UdpPort port)
    {
        // The lane's own thread alone reads and sends, so nobody uses the socket meanwhile.
        if (t_current != this || !_set.Released.TryKeep(port))
        {
            _set.Remove(port, keepsNumber: false);
            port.Socket.Dispose();
        }
    }

    /// <summary>Keeps a query until all that is ready has run: then one wake-up of the server does for many.</summary>
    public override void Send(UdpPort port, UdpOperation operation)
    {
        _running++;
        _outgoing.Add(port, operation);
    }

    public void Dispose()
    {
        _bell.Dispose();
        _set.Dispose();
        LaneBuffers.Return(_buffers);
    }

    bool IUdpCompletions.IsIdle => _ended.Count == 0 && _posted.IsEmpty;

    void IUdpCompletions.Add(UdpOperation operation)
    {
        if (t_current == this)
        {
            // Not at once: who goes on may end others, and so on, deeper and deeper.
            _ended.Enqueue(operation);
        }
        else
        {
            PostEnded(operation);
        }
    }

    // By itself, so that a query that ends on the lane makes no object.
    private void PostEnded(UdpOperation operation) => Post(() => GoOn(operation));

    private void Run(Func<UdpLane, Task> work, ExecutionContext? context, TaskCompletionSource ended)
    {
        t_current = this;
        var all = Task.CompletedTask;
        var plain = ExecutionContext.Capture();
        var callers = CallerContext.Capture();
        RunIn(context, () => all = work(this));
        _ = all.ContinueWith(
            static (_, lane) => ((UdpLane)lane!)._bell.Set(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        while (true)
        {
            RunReady(plain, callers);
            _outgoing.Send();

            if (all.IsCompleted)
            {
                if (_running == 0)
                {
                    break;
                }

                // A look-up that others wait for too goes on after the work, and whose work it was does not wait for it.
                ended.TrySetFromTask(all);
            }

            _set.Receive(_ended.Count == 0 && _posted.IsEmpty ? Timeout.Infinite : 0);
        }

        t_current = null;
        _onEnd.ForEach(static action => action());
        Dispose();
        ended.TrySetFromTask(all);
    }

    private void RunReady(ExecutionContext? plain, CallerContext callers)
    {
        while (_posted.TryDequeue(out var posted))
        {
            RunIn(plain, posted);
        }

        while (_ended.TryDequeue(out var operation))
        {
            GoOn(operation);
            callers.Restore();
        }
    }

    private void GoOn(UdpOperation operation)
    {
        _running--;
        operation.GoOn();
    }

    private static void RunIn(ExecutionContext? context, Action action)
    {
        if (context is null)
        {
            action();
        }
        else
        {
            ExecutionContext.Run(context, static action => ((Action)action!)(), action);
        }
    }
}
