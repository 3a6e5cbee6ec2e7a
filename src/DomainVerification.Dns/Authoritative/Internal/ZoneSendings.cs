using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace DomainVerification.Dns;

/// <summary>
/// The first sendings to all servers of a zone, made at the same time and before there is a session. Where all who speak hold the same lone
/// text, that is the answer; as soon as one says anything else, a session goes on with what has come and with what is still to come. Serves
/// one look-up after the other.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A source without a timer holds nothing, and neither does a timer that is not set.")]
internal sealed class ZoneSendings : IValueTaskSource<DnsReply>
{
    private readonly Lock _gate = new();
    private readonly List<ZoneSending> _sendings = [];
    private readonly AuthoritativeContext _context;
    private ManualResetValueTaskSourceCore<DnsReply> _core;
    private CancellationTokenSource _stop = new();
    private CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private ZoneCut? _cut;
    private TextPoll _poll;
    private bool _isOver;

    public ZoneSendings(AuthoritativeContext context) => _context = context;

    /// <summary>Whether nothing is under way, so that another look-up may begin.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>When the look-up began, as a timestamp.</summary>
    public long Started { get; private set; }

    /// <summary>When more than half of the host names had the same text, as a timestamp; null where they have not.</summary>
    public long? DecidedAt { get; private set; }

    /// <summary>Whether all who spoke hold the same text. To be read when the replies are over.</summary>
    public bool IsUnanimous => _poll.IsUnanimous;

    /// <summary>Whether a zone has as many servers as may all be asked, and more than one.</summary>
    public static bool IsFor(ZoneCut cut) => cut.Servers.Count > 1 && cut.Servers.Count <= ServerPoll.LimitOf(cut);

    /// <summary>
    /// Sends to each server of a zone, where all of them can be sent to at once. What is given ends when the replies are over, with
    /// nothing.
    /// </summary>
    /// <param name="cut">The zone, which <see cref="IsFor"/> says yes to.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    /// <param name="replies">What is to be awaited, where something was sent.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public bool TrySend(
        ZoneCut cut,
        DnsQuestion question,
        long started,
        out ValueTask<DnsReply> replies,
        CancellationToken cancellationToken)
    {
        replies = default;
        if (!TryEnter(cut))
        {
            return false;
        }

        Begin(cut, started);
        var plan = _context.Plan;
        var timeout = plan.Deadline < plan.TryTimeout ? plan.Deadline : plan.TryTimeout;
        _registration = cancellationToken.UnsafeRegister(static sendings => ((ZoneSendings)sendings!).Stop(), this);
        replies = new ValueTask<DnsReply>(this, _core.Version);
        for (var i = 0; i < cut.Servers.Count; i++)
        {
            _sendings[i].Send(plan, cut.Servers[i].Endpoint, question, timeout, _stop.Token);
        }

        return true;
    }

    /// <summary>What a server replied, for the session that goes on; waits for it where it is still to come.</summary>
    /// <param name="index">The server's place in the zone.</param>
    /// <param name="question">What it was asked.</param>
    /// <param name="cancellationToken">Ends all sendings that are under way; each has left its server when its waiting is over.</param>
    /// <exception cref="OperationCanceledException">The others had decided before it replied.</exception>
    public async ValueTask<FirstSending> TakeAsync(int index, DnsQuestion question, CancellationToken cancellationToken)
    {
        var sending = _sendings[index];
        Task? coming;
        lock (_gate)
        {
            coming = sending.Coming();
        }

        if (coming is not null)
        {
            var end = cancellationToken.UnsafeRegister(static sendings => ((ZoneSendings)sendings!).Stop(), this);
            await using var registered = end.ConfigureAwait(false);
            await coming.ConfigureAwait(false);
        }

        return sending.Take(question);
    }

    /// <summary>What the servers hold together, where they are unanimous. The object is idle then.</summary>
    public ZoneReplies Conclude(LookupObserver observer, DnsQuestion question)
    {
        var replies = new DnsReply[_cut!.Servers.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = _sendings[i].Reply;
        }

        var elapsed = _poll.IsGraceOver ? _context.Plan.TimeProvider.GetElapsedTime(Started).Ticks : 0;
        ZoneReplies all = new(_cut, replies, (uint)Math.Clamp(elapsed, 0, uint.MaxValue));
        all.Tell(observer, question);
        Release();
        return all;
    }

    /// <summary>Ends what still waits. The object is idle then where nothing does.</summary>
    public void Release()
    {
        // Waits for a callback that is under way, so that it cannot end the next look-up's sendings.
        _registration.Dispose();
        lock (_gate)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            IsIdle = _poll.IsComplete;
            if (IsIdle)
            {
                Clear();
                return;
            }
        }

        Stop();
    }

    /// <summary>Takes in that a reply has come.</summary>
    public void Note(ZoneSending sending)
    {
        TaskCompletionSource? awaited;
        bool isOver;
        lock (_gate)
        {
            awaited = sending.Close();
            _poll.Hear(sending);
            isOver = TryEnd();
        }

        awaited?.TrySetResult();
        if (isOver)
        {
            _core.SetResult(default);
        }
    }

    DnsReply IValueTaskSource<DnsReply>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<DnsReply>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<DnsReply>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    private void Begin(ZoneCut cut, long started)
    {
        lock (_gate)
        {
            (_cut, _poll) = (cut, new TextPoll(cut));
            (Started, DecidedAt, _isOver, IsIdle) = (started, null, false, false);
        }
    }

    // What was said, tokens among it, is not kept for as long as nobody asks.
    private void Clear()
    {
        // A clock that has rung may still be about to end the sendings.
        if (_stop.IsCancellationRequested || _poll.IsGraceOver)
        {
            _stop = new CancellationTokenSource();
        }

        for (var i = 0; i < _cut!.Servers.Count; i++)
        {
            _sendings[i].Clear();
        }

        (_cut, _poll) = (null, default);
    }

    private bool TryEnter(ZoneCut cut)
    {
        for (var i = 0; i < cut.Servers.Count; i++)
        {
            if (_sendings.Count == i)
            {
                _sendings.Add(new ZoneSending(this, i));
            }

            if (!_sendings[i].TryEnter(_context.Plan, cut.Servers[i].Endpoint))
            {
                for (var entered = 0; entered < i; entered++)
                {
                    _sendings[entered].Leave();
                }

                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the replies are over now, which they are once.</summary>
    private bool TryEnd()
    {
        if (_isOver)
        {
            return false;
        }

        _isOver = _poll.IsOver;
        if (!_isOver && DecidedAt is null && _poll.IsDecided)
        {
            GiveGrace();
        }

        return _isOver;
    }

    private void GiveGrace()
    {
        DecidedAt = _context.Plan.TimeProvider.GetTimestamp();
        _timer ??= OwnTimer.Create(_context.Plan.TimeProvider, static sendings => ((ZoneSendings)sendings!).EndGrace(), this);
        _timer.Change(ServerPoll.Grace, Timeout.InfiniteTimeSpan);
    }

    private void EndGrace()
    {
        CancellationTokenSource stop;
        lock (_gate)
        {
            if (_isOver || DecidedAt is not { } decidedAt)
            {
                return;
            }

            // The clock may have rung for the look-up before.
            var left = ServerPoll.Grace - _context.Plan.TimeProvider.GetElapsedTime(decidedAt);
            if (left > TimeSpan.Zero)
            {
                _timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _poll.IsGraceOver = true;
            stop = _stop;
        }

        stop.Cancel();
    }

    private void Stop() => _stop.Cancel();
}
