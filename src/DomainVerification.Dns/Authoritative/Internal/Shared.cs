namespace DomainVerification.Dns;

/// <summary>What several branches of a walk ask alike, asked once.</summary>
internal sealed class Shared<T>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(DnsName Zone, DnsQuestion Question), Lazy<Task<T>>> _asked = [];

    /// <summary>The asking that is under way or over, or a new one.</summary>
    /// <param name="zone">Whose servers are asked.</param>
    /// <param name="question">What they are asked.</param>
    /// <param name="ask">Asks.</param>
    public Task<T> GetOrAdd(DnsName zone, DnsQuestion question, Func<Task<T>> ask)
    {
        Lazy<Task<T>>? asking;
        lock (_gate)
        {
            if (!_asked.TryGetValue((zone, question), out asking))
            {
                asking = new Lazy<Task<T>>(ask);
                _asked.Add((zone, question), asking);
            }
        }

        return asking.Value;
    }
}
