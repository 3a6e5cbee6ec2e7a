using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// A look-up whose first sending is made and whose reply is taken right here, since that is all of most look-ups; only what needs more has
/// a session.
/// </summary>
internal abstract class FirstSendingLookup : SharedLookup
{
    private static readonly ContextCallback TakeInContext = static lookup => ((FirstSendingLookup)lookup!).Take();

    private readonly Action _onReply;
    private ExecutionContext? _context;
    private ConfiguredValueTaskAwaitable<DnsReply>.ConfiguredValueTaskAwaiter _awaiter;
    private IDnsTransport? _transport;
    private ServerQueue? _turn;

    protected FirstSendingLookup(SharedLookups lookups, Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run)
        : base(lookups, run) => _onReply = OnReply;

    /// <summary>When the look-up began, as a timestamp.</summary>
    protected long Started { get; private set; }

    /// <inheritdoc/>
    public sealed override void Start()
    {
        // A trace has to be the current one while servers are asked, for which there is an async method.
        if (DnsDiagnostics.ActivitySource.HasListeners())
        {
            base.Start();
            return;
        }

        bool isSent;
        try
        {
            isSent = TrySend();
        }
        catch (Exception error)
        {
            End(null, error);
            return;
        }

        if (!isSent)
        {
            GoOn(begun: null);
        }
        else if (_awaiter.IsCompleted)
        {
            Take();
        }
        else
        {
            _context = ExecutionContext.Capture();
            _awaiter.UnsafeOnCompleted(_onReply);
        }
    }

    /// <summary>
    /// Makes the first sending by <see cref="TrySend(LookupPlan, DnsServerEndpoint, DnsHeaderFlags)"/> or <see cref="Expect"/>; false where
    /// there is none.
    /// </summary>
    protected abstract bool TrySend();

    /// <summary>Makes a look-up of a reply that is no exchange; null where it has to go the whole way.</summary>
    protected abstract DnsLookup? Conclude(in DnsReply reply);

    /// <summary>Goes the whole way.</summary>
    /// <param name="begun">The first sending, where it was made.</param>
    protected abstract void GoOn(FirstSending? begun);

    /// <summary>Sends, where that can be done at once and over a transport that need not make an exchange of the answer.</summary>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    protected bool TrySend(LookupPlan plan, DnsServerEndpoint server, DnsHeaderFlags flags)
    {
        Started = plan.TimeProvider.GetTimestamp();
        _transport = plan.TransportFor(server);
        if (_transport is not IReplyTransport transport || plan.Turns.TryEnter(server) is not { } turn)
        {
            return false;
        }

        _turn = turn;
        try
        {
            var timeout = plan.Deadline < plan.TryTimeout ? plan.Deadline : plan.TryTimeout;
            QueryParts query = new(Question!, flags, plan.Memory.EdnsFor(server, Started));
            _awaiter = transport.AskAsync(server, query, timeout, Abandoned).ConfigureAwait(false).GetAwaiter();
            return true;
        }
        catch
        {
            turn.Leave();
            throw;
        }
    }

    /// <summary>Takes what is to be awaited, where something else than <see cref="TrySend()"/> has sent.</summary>
    /// <param name="reply">What is to be awaited.</param>
    /// <param name="started">When the look-up began, as a timestamp.</param>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    protected void Expect(ValueTask<DnsReply> reply, long started)
    {
        Started = started;
        (_transport, _turn) = (null, null);
        _awaiter = reply.ConfigureAwait(false).GetAwaiter();
    }

    // What is told and sent from here on is so for who began, as an async method would have it: his scopes and traces are in his context.
    private void OnReply()
    {
        var context = _context;
        _context = null;
        if (context is null)
        {
            Take();
        }
        else
        {
            ExecutionContext.Run(context, TakeInContext, this);
        }
    }

    private void Take()
    {
        DnsReply reply;
        DnsLookup? lookup = null;
        try
        {
            reply = TakeReply();
            if (reply.Exchange is null)
            {
                if (_transport is not null)
                {
                    LookupObserver.OnAnswer(_transport.Kind);
                }

                lookup = Conclude(reply);
            }
        }
        catch (Exception error)
        {
            End(null, error);
            return;
        }

        if (lookup is not null)
        {
            End(lookup, null);
        }
        else
        {
            GoOn(reply.Exchange is null ? null : new FirstSending(reply.Exchange, _transport!));
        }
    }

    private DnsReply TakeReply()
    {
        var awaiter = _awaiter;
        _awaiter = default;
        try
        {
            return awaiter.GetResult();
        }
        finally
        {
            _turn?.Leave();
        }
    }
}
