using System.Collections.Concurrent;
using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The questions of one planning: each asked once, so many in all, so many at a time, and no longer than the deadline.</summary>
internal sealed class PlanQueries : IDisposable
{
    private readonly ConcurrentDictionary<DnsQuestion, Lazy<Task<DnsLookup?>>> _asked = new();
    private readonly IDnsResolver _resolver;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _deadline;
    private int _left;

    public PlanQueries(IDnsResolver resolver, DnsPlannerOptions options, TimeProvider timeProvider)
    {
        _resolver = resolver;
        _left = options.MaximumQueries;
        _slots = new SemaphoreSlim(options.MaximumConcurrency);
        _deadline = new CancellationTokenSource(options.Deadline, timeProvider);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _slots.Dispose();
    }

    /// <summary>Asks; null where the bounds leave the question unasked or the resolver fails.</summary>
    public Task<DnsLookup?> AskAsync(DnsName name, DnsRecordType type, CancellationToken cancellationToken) =>
        _asked.GetOrAdd(
            new DnsQuestion(name, type),
            question => new Lazy<Task<DnsLookup?>>(() => AskOnceAsync(question, cancellationToken))).Value;

    private async Task<DnsLookup?> AskOnceAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            return null;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return await _resolver.ResolveAsync(question, either.Token).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            // A resolver of the host's own may throw what it likes: a plan says then that it could not look.
            return null;
        }
    }
}
