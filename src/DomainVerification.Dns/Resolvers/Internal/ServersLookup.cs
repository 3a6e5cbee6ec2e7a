using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// A look-up at configured servers. Its first sending is made and its reply taken right here, since that is all of most look-ups; only what
/// needs more has a session.
/// </summary>
internal sealed class ServersLookup : SharedLookup
{
    private static readonly ContextCallback TakeInContext = static lookup => ((ServersLookup)lookup!).Take();

    private readonly ConfiguredLookups _configured;
    private readonly Action _onReply;
    private ExecutionContext? _context;
    private ConfiguredValueTaskAwaitable<DnsReply>.ConfiguredValueTaskAwaiter _awaiter;
    private LookupSessions? _sessions;
    private IDnsTransport? _transport;
    private ServerQueue? _turn;
    private long _started;

    public ServersLookup(SharedLookups lookups, ConfiguredLookups configured)
        : base(lookups, configured.AskAsync) => (_configured, _onReply) = (configured, OnReply);

    /// <inheritdoc/>
    public override void Start()
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

    /// <summary>Sends, where that can be done at once and over a transport that need not make an exchange of the answer.</summary>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    private bool TrySend()
    {
        _sessions = _configured.Sessions;
        var plan = _sessions.Plan;
        _started = plan.TimeProvider.GetTimestamp();
        var server = plan.Servers[0];
        _transport = plan.TransportFor(server);
        if (_transport is not IReplyTransport transport || plan.Turns.TryEnter(server) is not { } turn)
        {
            return false;
        }

        _turn = turn;
        try
        {
            var timeout = plan.Deadline < plan.TryTimeout ? plan.Deadline : plan.TryTimeout;
            QueryParts query = new(Question!, LookupSession.QueryFlags, plan.Memory.EdnsFor(server));
            _awaiter = transport.AskAsync(server, query, timeout, Abandoned).ConfigureAwait(false).GetAwaiter();
            return true;
        }
        catch
        {
            turn.Leave();
            throw;
        }
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
                LookupObserver.OnAnswer(_transport!.Kind);
                var server = _sessions!.Plan.Servers[0];
                lookup = _configured.End(new DnsLookup(Question!, reply.Text, server, reply.ElapsedTicks, reply.AuthenticData), _started);
            }
        }
        catch (Exception error)
        {
            End(null, error);
            return;
        }

        if (lookup is null)
        {
            GoOn(new FirstSending(reply.Exchange!, _transport!));
        }
        else
        {
            End(lookup, null);
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
            _turn!.Leave();
        }
    }

    private void GoOn(FirstSending? begun) =>
        Await(_configured.GoOnAsync(_sessions!.Begin(Question!, _started), begun, _started, Abandoned));
}
