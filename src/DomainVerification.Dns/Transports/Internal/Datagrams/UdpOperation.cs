using System.Buffers.Binary;
using System.Threading.Tasks.Sources;

namespace DomainVerification.Dns;

/// <summary>
/// One query that waits for its response on a port. It ends once, by whoever takes it from the port: the receiver, the clock or the
/// caller; after its result was taken it serves another query.
/// </summary>
internal sealed class UdpOperation(UdpOperationPool pool, TimeProvider timeProvider)
    : IValueTaskSource<DnsExchange>, IValueTaskSource<DnsReply>
{
    private ManualResetValueTaskSourceCore<DnsReply> _core;
    private DnsReply _reply;
    private Exception? _error;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private UdpPort? _port;
    private DnsReadError _lastError;
    private int _unreadable;
    private int _foreignBefore;
    private bool _takesText;

    /// <summary>The octets that were sent.</summary>
    public OutgoingQuery Query { get; } = new();

    /// <summary>Where the query goes when it has ended.</summary>
    public IUdpCompletions? Completions { get; set; }

    /// <summary>Stands for the question: equal ones have an equal number.</summary>
    public int QuestionHash { get; private set; }

    /// <summary>The place in the port's list.</summary>
    public int Slot { get; private set; }

    /// <summary>When it began, as a timestamp.</summary>
    public long Started { get; private set; }

    /// <summary>The timestamp at which the time is up.</summary>
    public long Deadline { get; private set; }

    /// <summary>The result, for a caller who takes no text for it.</summary>
    public ValueTask<DnsExchange> Exchange => new(this, _core.Version);

    /// <summary>The result.</summary>
    public ValueTask<DnsReply> Reply => new(this, _core.Version);

    /// <summary>Begins with a query that is not sent yet.</summary>
    /// <param name="query">The query.</param>
    /// <param name="takesText">Whether a text may stand for the response.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public void Begin(in QueryParts query, bool takesText, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Query.Write(query, DnsTransportKind.Udp);
        _takesText = takesText;
        QuestionHash = query.Question.GetHashCode();
        _token = cancellationToken;
        Started = timeProvider.GetTimestamp();
        Deadline = Started + (long)(timeout.TotalSeconds * timeProvider.TimestampFrequency);
        (_unreadable, _lastError, _foreignBefore) = (0, default, 0);
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

    /// <param name="foreign">All packets so far that were for no query of the port.</param>
    public int Ignored(int foreign) => _unreadable + foreign - _foreignBefore;

    /// <summary>Judges a packet that has the query's id.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="foreign">All packets so far that were for no query of the port.</param>
    /// <param name="reply">The result, where the packet ends the query.</param>
    /// <returns><see cref="PacketVerdict.Foreign"/> or <see cref="PacketVerdict.Malformed"/> where the query goes on.</returns>
    public PacketVerdict Judge(Span<byte> packet, int foreign, out DnsReply reply)
    {
        // What was ignored before is told, for which a text has no place.
        var verdict = Query.Judge(packet, _takesText && Ignored(foreign) == 0, out var response, out var text, out var error);
        reply = default;
        switch (verdict)
        {
            case PacketVerdict.Foreign:
                break;

            case PacketVerdict.Malformed:
                _unreadable++;
                _lastError = error;
                break;

            case PacketVerdict.Accepted when !text.IsNone:
                reply = End(text, packet);
                break;

            default:
                reply = new DnsReply(End(OutcomeOf(verdict), foreign, response));
                break;
        }

        return verdict;
    }

    /// <summary>The result with this outcome.</summary>
    public DnsExchange End(DnsExchangeOutcome outcome, int foreign, DnsMessage? response = null, string? detail = null) =>
        new(outcome, timeProvider.GetElapsedTime(Started))
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
    /// <param name="reply">The result.</param>
    /// <param name="isHere">Whether the caller has not begun to wait, and is in this thread.</param>
    public void Complete(in DnsReply reply, bool isHere = false)
    {
        _reply = reply;
        if (isHere)
        {
            GoOn();
        }
        else
        {
            Completions!.Add(this);
        }
    }

    /// <summary>Ends a query for which there is no port.</summary>
    public void Refuse(string? detail) => _core.SetResult(new DnsReply(End(DnsExchangeOutcome.Unreachable, 0, detail: detail)));

    /// <summary>Lets the caller go on, with what the operation was completed with.</summary>
    public void GoOn()
    {
        var (reply, error) = (_reply, _error);
        (_reply, _error) = (default, null);
        if (error is null)
        {
            _core.SetResult(reply);
        }
        else
        {
            _core.SetException(error);
        }
    }

    DnsExchange IValueTaskSource<DnsExchange>.GetResult(short token) => GetResult(token).Exchange!;

    DnsReply IValueTaskSource<DnsReply>.GetResult(short token) => GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<DnsExchange>.GetStatus(short token) => _core.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource<DnsReply>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<DnsExchange>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource<DnsReply>.OnCompleted(
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
        (_port, Completions) = (null, null);
        _core.Reset();
        pool.Return(this);
    }

    private DnsReply GetResult(short token)
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

    private DnsReply End(LoneText text, ReadOnlySpan<byte> packet)
    {
        var elapsed = timeProvider.GetElapsedTime(Started).Ticks;
        var flags = (DnsHeaderFlags)BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var authenticData = flags.HasFlag(DnsHeaderFlags.AuthenticData) ? DnsAuthenticData.ClaimedByServer : DnsAuthenticData.NotClaimed;
        return new DnsReply(text, (uint)Math.Clamp(elapsed, 0, uint.MaxValue), authenticData);
    }

    private static DnsExchangeOutcome OutcomeOf(PacketVerdict verdict) => verdict switch
    {
        PacketVerdict.Truncated => DnsExchangeOutcome.Truncated,
        PacketVerdict.CaseMismatch => DnsExchangeOutcome.CaseMismatched,
        PacketVerdict.CookieMissing => DnsExchangeOutcome.CookieMissing,
        _ => DnsExchangeOutcome.Answered,
    };

    private void Cancel()
    {
        if (_port!.TryRemove(this))
        {
            _error = new OperationCanceledException(_token);
            Completions!.Add(this);
        }
    }
}
