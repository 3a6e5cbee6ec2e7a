using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace DomainVerification.Dns;

/// <summary>The first sending to one server of a zone, and what came of it.</summary>
/// <param name="all">Those to the other servers too, which are told when a reply has come.</param>
/// <param name="index">The server's place in the zone.</param>
internal sealed class ZoneSending(ZoneSendings all, int index)
{
    private Action? _onReply;
    private ConfiguredValueTaskAwaitable<DnsReply>.ConfiguredValueTaskAwaiter _awaiter;
    private IDnsTransport? _transport;
    private ServerQueue? _turn;
    private Exception? _error;
    private TaskCompletionSource? _coming;
    private bool _hasEnded;

    public int Index => index;

    /// <summary>The reply; nothing where there is none.</summary>
    public DnsReply Reply { get; private set; }

    /// <summary>Whether the waiting was ended.</summary>
    public bool IsCancelled => _error is OperationCanceledException;

    /// <summary>Takes a turn at the server, where one is free and the transport need not make an exchange of the answer.</summary>
    public bool TryEnter(LookupPlan plan, DnsServerEndpoint server)
    {
        _transport = plan.TransportFor(server);
        _turn = _transport is IReplyTransport ? plan.Turns.TryEnter(server) : null;
        _hasEnded = false;
        return _turn is not null;
    }

    /// <summary>Keeps nothing of what came.</summary>
    public void Clear() => (Reply, _error, _coming, _transport, _turn) = (default, null, null, null, null);

    /// <summary>Gives the turn back, where nothing was sent.</summary>
    public void Leave() => _turn!.Leave();

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    public void Send(LookupPlan plan, DnsServerEndpoint server, DnsQuestion question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            QueryParts query = new(question, AuthoritativeSession.QueryFlags, plan.Memory.EdnsFor(server, all.Started));
            var transport = (IReplyTransport)_transport!;
            _awaiter = transport.AskAsync(server, query, timeout, cancellationToken).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            _error = error;
            End();
            return;
        }

        if (_awaiter.IsCompleted)
        {
            OnReply();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_onReply ??= OnReply);
        }
    }

    /// <summary>Takes in that the reply has come. As <see cref="Coming"/>, in the turn of all of them only.</summary>
    /// <returns>What is to be completed, where somebody waits.</returns>
    public TaskCompletionSource? Close()
    {
        _hasEnded = true;
        return _coming;
    }

    /// <summary>What ends when the reply has come; null where it has.</summary>
    public Task? Coming() => _hasEnded ? null : (_coming ??= new TaskCompletionSource()).Task;

    /// <summary>What came, for a session that goes on with it.</summary>
    /// <param name="question">What was asked.</param>
    public FirstSending Take(DnsQuestion question)
    {
        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }

        return new FirstSending(Reply.ToExchange(question), _transport!);
    }

    private void OnReply()
    {
        var awaiter = _awaiter;
        _awaiter = default;
        try
        {
            Reply = awaiter.GetResult();
        }
        catch (Exception error)
        {
            _error = error;
        }

        End();
    }

    private void End()
    {
        _turn!.Leave();
        all.Note(this);
    }
}
