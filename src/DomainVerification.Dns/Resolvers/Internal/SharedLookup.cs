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
    private readonly CancellationTokenSource _abandoned = new();
    private ConfiguredValueTaskAwaitable<DnsLookup>.ConfiguredValueTaskAwaiter _awaiter;

    public SharedLookup(SharedLookups lookups, Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run) =>
        (_lookups, _run, _onEnd) = (lookups, run, OnEnd);

    /// <summary>Is touched in the turn of <see cref="SharedLookups"/> only.</summary>
    public List<LookupWaiter> Waiters { get; } = new(1);

    /// <summary>What is looked up.</summary>
    public DnsQuestion? Question { get; set; }

    /// <summary>Is cancelled once nobody waits any more.</summary>
    protected CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Asks; whoever waits then is told the end, whatever it is.</summary>
    public virtual void Start() => Await(_run(Question!, Abandoned));

    /// <summary>Ends the asking, since nobody waits any more.</summary>
    public void Abandon() => _abandoned.Cancel();

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
