namespace DomainVerification.Simulation.Tests.World;

/// <summary>The holding that something was made for.</summary>
internal readonly record struct Holding(ClaimId Claim, long Epoch);

/// <summary>
/// What a provisioner that keeps its contract has made: each operation takes effect once, a release removes all that has the label of its
/// holding and lets nothing more be made under it, and an epoch below one that was seen is refused.
/// </summary>
internal sealed class ProvisionedWorld(string name)
{
    public static readonly DomainVerificationError TooLate = new("holding_closed", "This holding is over.");

    private readonly Dictionary<Guid, ProvisionedIdentity> _made = [];
    private readonly Dictionary<(string, DomainName), ProvisionedIdentity> _newest = [];
    private readonly Dictionary<string, Holding> _identities = new(StringComparer.Ordinal);
    private readonly HashSet<Holding> _closed = [];
    private readonly Dictionary<(string, DomainName), long> _epochs = [];

    /// <summary>What exists now, by the identity's own identifier.</summary>
    public IReadOnlyDictionary<string, Holding> Identities => _identities;

    /// <summary>Until when nobody can reach the provisioner.</summary>
    public DateTimeOffset DownUntil { get; set; }

    /// <summary>Makes the identity of an operation; <see langword="null"/> where it comes too late.</summary>
    public ProvisionedIdentity? Make(ProvisionRequest request)
    {
        var domain = (request.Profile, request.Domain);
        var holding = new Holding(request.ClaimId, request.Epoch);
        if (_closed.Contains(holding) || request.Epoch < _epochs.GetValueOrDefault(domain))
        {
            return null;
        }

        _epochs[domain] = request.Epoch;
        if (!_made.TryGetValue(request.OperationId, out var identity))
        {
            _made.Add(request.OperationId, identity = new ProvisionedIdentity { Id = $"{name}/{request.OperationId}", Kind = name });
            _identities.Add(identity.Id, holding);
            _newest[domain] = identity;
        }

        return identity;
    }

    /// <summary>The identity that was made last for a domain, whoever it was made for.</summary>
    public ProvisionedIdentity? NewestOf(ProvisionRequest request) => _newest.GetValueOrDefault((request.Profile, request.Domain));

    /// <summary>Removes all that was made for a holding.</summary>
    public void Remove(Holding holding)
    {
        _closed.Add(holding);
        foreach (var id in _identities.Where(made => made.Value == holding).Select(made => made.Key).ToList())
        {
            _identities.Remove(id);
        }
    }
}
