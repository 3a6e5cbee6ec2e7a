using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>One look-up and those who wait for it. One that was not abandoned serves another question after its end.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A source without a timer holds nothing.")]
internal sealed class SharedLookup
{
    private readonly SharedLookups _lookups;
    private readonly Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> _run;
    private readonly Action _end;
    private readonly CancellationTokenSource _abandoned = new();
    private ConfiguredValueTaskAwaitable<DnsLookup>.ConfiguredValueTaskAwaiter _awaiter;

    public SharedLookup(SharedLookups lookups, Func<DnsQuestion, CancellationToken, ValueTask<DnsLookup>> run) =>
        (_lookups, _run, _end) = (lookups, run, End);

    /// <summary>Is touched in the turn of <see cref="SharedLookups"/> only.</summary>
    public List<LookupWaiter> Waiters { get; } = new(1);

    /// <summary>What is looked up.</summary>
    public DnsQuestion? Question { get; set; }

    /// <summary>Asks; whoever waits then is told the end, whatever it is.</summary>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The awaiter is used once, at the end.")]
    public void Start()
    {
        // Without an async method, whose state would be an object for every look-up.
        _awaiter = _run(Question!, _abandoned.Token).ConfigureAwait(false).GetAwaiter();
        if (_awaiter.IsCompleted)
        {
            End();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_end);
        }
    }

    /// <summary>Ends the asking, since nobody waits any more.</summary>
    public void Abandon() => _abandoned.Cancel();

    private void End()
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
        if (_lookups.TakeWaiters(this, out var others) is not { } first)
        {
            return;
        }

        foreach (var other in others)
        {
            other.End(lookup, error, runsOn: false);
        }

        _lookups.Return(this);
        first.End(lookup, error, runsOn: true);
    }
}
