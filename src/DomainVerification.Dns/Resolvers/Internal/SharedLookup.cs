using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>One look-up and those who wait for it. One that was not abandoned serves another question after its end.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A source without a timer holds nothing.")]
internal class SharedLookup
{
    private readonly SharedLookups _lookups;
    private readonly Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> _run;
    private readonly Action _onEnd;
    private CancellationTokenSource? _abandoned;
    private bool _canBeAbandoned;
    private LookupWaiter? _first;
    private List<LookupWaiter>? _others;
    private ConfiguredValueTaskAwaitable<DnsLookup>.ConfiguredValueTaskAwaiter _awaiter;

    public SharedLookup(SharedLookups lookups, Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run) =>
        (_lookups, _run, _onEnd) = (lookups, run, OnEnd);

    /// <summary>What is looked up.</summary>
    public DnsQuestion? Question { get; private set; }

    /// <summary>Is cancelled once nobody waits any more.</summary>
    protected CancellationToken Abandoned => _canBeAbandoned ? _abandoned!.Token : CancellationToken.None;

    /// <summary>Takes a question.</summary>
    /// <param name="question">What is to be looked up.</param>
    /// <param name="canBeAbandoned">Whether who asks may give up. Who never does waits to the end, whoever else joins.</param>
    public void Begin(DnsQuestion question, bool canBeAbandoned)
    {
        (Question, _canBeAbandoned) = (question, canBeAbandoned);
        if (canBeAbandoned)
        {
            _abandoned ??= new CancellationTokenSource();
        }
    }

    /// <summary>Takes in one who waits. As all that touches them, in the turn of <see cref="SharedLookups"/> only.</summary>
    public void Add(LookupWaiter waiter)
    {
        if (_first is null)
        {
            _first = waiter;
        }
        else
        {
            (_others ??= []).Add(waiter);
        }
    }

    /// <summary>Takes one out; false where he does not wait any more.</summary>
    /// <param name="waiter">Who gives up.</param>
    /// <param name="isAbandoned">Whether nobody waits any more.</param>
    public bool TryRemove(LookupWaiter waiter, out bool isAbandoned)
    {
        var waited = _first == waiter || (_others is not null && _others.Remove(waiter));
        if (_first == waiter)
        {
            _first = _others is { Count: > 0 } ? _others[0] : null;
            _others?.Remove(_first!);
        }

        isAbandoned = _first is null;
        return waited;
    }

    /// <summary>Takes out all: the one who has waited longest by himself.</summary>
    public LookupWaiter? TakeAll(out LookupWaiter[] others)
    {
        var first = _first;
        others = _others is { Count: > 0 } ? [.. _others] : [];
        _first = null;
        _others?.Clear();
        return first;
    }

    /// <summary>Asks; whoever waits then is told the end, whatever it is.</summary>
    public virtual void Start() => Await(_run(Question!, Abandoned));

    /// <summary>Ends the asking, since nobody waits any more.</summary>
    public void Abandon() => _abandoned!.Cancel();

    /// <summary>Waits for the end.</summary>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    protected void Await(ValueTask<DnsLookup> lookup)
    {
        // Without an async method, whose state would be an object for every look-up.
        _awaiter = lookup.ConfigureAwait(false).GetAwaiter();
        if (_awaiter.IsCompleted)
        {
            OnEnd();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_onEnd);
        }
    }

    /// <summary>Tells those who wait.</summary>
    /// <param name="lookup">The answer, unless there is an error.</param>
    /// <param name="error">What was thrown.</param>
    protected void End(DnsLookup? lookup, Exception? error)
    {
        if (_lookups.TakeWaiters(this, out var others) is not { } first)
        {
            return;
        }

        foreach (var other in others)
        {
            other.End(lookup, error, runsOn: false);
        }

        first.End(lookup, error, runsOn: true);
    }

    private void OnEnd()
    {
        DnsLookup? lookup = null;
        Exception? error = null;
        try
        {
            lookup = _awaiter.GetResult();
        }
        catch (Exception caught)
        {
            error = caught;
        }

        _awaiter = default;
        End(lookup, error);
    }
}
