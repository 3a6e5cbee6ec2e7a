namespace DomainVerification.Simulation.Tests.World;

/// <summary>How owners use their domains, which only the host knows.</summary>
internal sealed class DomainUses
{
    private readonly Dictionary<(string, DomainName), HolderActivity> _uses = [];

    public HolderActivity Of(string owner, DomainName domain) => _uses.GetValueOrDefault((owner, domain), HolderActivity.Unknown);

    public void Set(string owner, DomainName domain, HolderActivity activity) => _uses[(owner, domain)] = activity;

    /// <summary>Nobody uses anything any more.</summary>
    public void Clear() => _uses.Clear();
}
