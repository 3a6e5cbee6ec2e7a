using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>What one server of the zone said, its values judged.</summary>
internal sealed record JudgedServer(DnsServerView View, IReadOnlyList<JudgedValue> Values)
{
    /// <summary>What each server of the zone holds. Those that agree hold what was judged already.</summary>
    public static async ValueTask<List<JudgedServer>> ReadAsync(
        DnsLookup lookup,
        IReadOnlyList<JudgedValue> values,
        ProofRequest request,
        CancellationToken cancellationToken)
    {
        var servers = new List<JudgedServer>(lookup.Servers.Count);
        foreach (var view in lookup.Servers)
        {
            var held = view.Standing == DnsServerStanding.Agrees
                ? values
                : await JudgedValue.ReadAsync(view.Records, request, cancellationToken).ConfigureAwait(false);
            servers.Add(new JudgedServer(view, held));
        }

        return servers;
    }

    /// <summary>Whether it holds the token.</summary>
    public bool Holds => Values.Any(value => value.Verdict == ObservedVerdict.Match);

    /// <summary>Whether it holds the token in the version of the zone that counts, or a newer one.</summary>
    public bool IsAhead => View.Standing == DnsServerStanding.Differs && Holds;
}
