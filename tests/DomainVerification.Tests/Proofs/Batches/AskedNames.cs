using DomainVerification.Dns;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>A resolver that tells which names were asked for, how many at a time, and lets a test hold each of them.</summary>
internal sealed class AskedNames(IDnsResolver inner) : IDnsResolver
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _begun = [];
    private readonly Dictionary<string, int> _underWay = [];

    /// <summary>What happens to a question before it is answered, by the name's first label and the caller's token.</summary>
    public Func<string, CancellationToken, ValueTask> Before { get; set; } = static (_, _) => default;

    /// <summary>The first labels of the names that were asked for.</summary>
    public IReadOnlySet<string> Begun
    {
        get
        {
            lock (_gate)
            {
                return _begun.ToHashSet();
            }
        }
    }

    /// <summary>The most names that were asked for at a time.</summary>
    public int MostAtOnce { get; private set; }

    public async ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        var label = question.Name.ToString().Split('.')[0];
        Begin(label);
        try
        {
            await Before(label, cancellationToken).ConfigureAwait(false);
            return await inner.ResolveAsync(question, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End(label);
        }
    }

    private void Begin(string label)
    {
        lock (_gate)
        {
            _begun.Add(label);
            _underWay[label] = _underWay.GetValueOrDefault(label) + 1;
            MostAtOnce = Math.Max(MostAtOnce, _underWay.Count);
        }
    }

    private void End(string label)
    {
        lock (_gate)
        {
            if (--_underWay[label] == 0)
            {
                _underWay.Remove(label);
            }
        }
    }
}
