using System.Threading.Tasks.Sources;

namespace DomainVerification.Dns;

/// <summary>
/// One query that waits for its response on a port. It ends once, by whoever takes it from the port: the receiver, the clock or the
/// caller; after its result was taken it serves another query.
/// </summary>
internal sealed class UdpOperation(UdpOperationPool pool, TimeProvider timeProvider) : IValueTaskSource<DnsExchange>
{
    private ManualResetValueTaskSourceCore<DnsExchange> _core;
    private DnsExchange? _exchange;
    private Exception? _error;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private UdpPort? _port;
    private DnsReadError _lastError;
    private int _unreadable;
    private int _foreignBefore;
    private long _started;

    /// <summary>The octets that were sent.</summary>
    public OutgoingQuery Query { get; } = new();

    /// <summary>Stands for the question: equal ones have an equal number.</summary>
    public int QuestionHash { get; private set; }

    /// <summary>The place in the port's list.</summary>
    public int Slot { get; private set; }

    /// <summary>The timestamp at which the time is up.</summary>
    public long Deadline { get; private set; }

    public ValueTask<DnsExchange> Task => new(this, _core.Version);

    /// <summary>Begins with a query that is not sent yet.</summary>
    public void Begin(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Query.Write(query, DnsTransportKind.Udp);
        QuestionHash = query.Question.GetHashCode();
        _token = cancellationToken;
        _started = timeProvider.GetTimestamp();
        Deadline = _started + (long)(timeout.TotalSeconds * timeProvider.TimestampFrequency);
        (_unreadable, _lastError) = (0, default);
    }

    /// <summary>Called by the port that takes the query, in its turn.</summary>
    /// <param name="port">The port.</param>
    /// <param name="slot">See <see cref="Slot"/>.</param>
    /// <param name="foreign">The packets that came to the port before.</param>
    public void Attach(UdpPort port, int slot, int foreign) => (_port, Slot, _foreignBefore) = (port, slot, foreign);

    /// <summary>From now on the caller's token ends the waiting.</summary>
    public void WatchToken()
    {
        if (_token.CanBeCanceled)
        {
            _registration = _token.UnsafeRegister(static operation => ((UdpOperation)operation!).Cancel(), this);
        }
    }

    /// <summary>Counts a response to this query that cannot be read.</summary>
    public void NoteUnreadable(DnsReadError error)
    {
        _unreadable++;
        _lastError = error;
    }

    /// <param name="foreign">All packets so far that were for no query of the port.</param>
    public int Ignored(int foreign) => _unreadable + foreign - _foreignBefore;

    /// <summary>The result with this outcome.</summary>
    public DnsExchange End(DnsExchangeOutcome outcome, int foreign, DnsMessage? response = null, string? detail = null) =>
        new(outcome, timeProvider.GetElapsedTime(_started))
        {
            Response = response,
            IgnoredPackets = Ignored(foreign),
            Detail = detail,
        };

    /// <summary>The result when the time is up. A query with an unreadable response did not fail for silence.</summary>
    public DnsExchange EndByTime(int foreign) => _unreadable == 0
        ? End(DnsExchangeOutcome.TimedOut, foreign)
        : End(DnsExchangeOutcome.Malformed, foreign, detail: _lastError.Code);

    /// <summary>Hands the result to the caller. Only who took the operation from its port may call this.</summary>
    /// <param name="exchange">The result.</param>
    /// <param name="isHere">Whether the caller has not begun to wait, and is in this thread.</param>
    public void Complete(DnsExchange exchange, bool isHere = false)
    {
        _exchange = exchange;
        if (isHere)
        {
            GoOn();
        }
        else
        {
            pool.Completions.Add(this);
        }
    }

    /// <summary>Lets the caller go on, with what the operation was completed with.</summary>
    public void GoOn()
    {
        var (exchange, error) = (_exchange, _error);
        (_exchange, _error) = (null, null);
        if (error is null)
        {
            _core.SetResult(exchange!);
        }
        else
        {
            _core.SetException(error);
        }
    }

    DnsExchange IValueTaskSource<DnsExchange>.GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The exchange has not ended.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<DnsExchange>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<DnsExchange>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Makes the object free for another query. It must not be in a port.</summary>
    public void Release()
    {
        // Waits for a callback that is under way, so that it cannot end the next query.
        _registration.Dispose();
        _registration = default;
        _token = default;
        _port = null;
        _core.Reset();
        pool.Return(this);
    }

    private void Cancel()
    {
        if (_port!.TryRemove(this))
        {
            _error = new OperationCanceledException(_token);
            pool.Completions.Add(this);
        }
    }
}
