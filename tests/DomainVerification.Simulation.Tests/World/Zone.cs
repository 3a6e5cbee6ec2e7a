namespace DomainVerification.Simulation.Tests.World;

/// <summary>What owners have published. Owners of a domain publish side by side, and seldom clean up.</summary>
internal sealed class Zone
{
    private readonly Dictionary<string, List<string>> _records = new(StringComparer.Ordinal);

    public IReadOnlyList<string> At(string name) => _records.GetValueOrDefault(name) ?? [];

    public void Publish(DomainClaim claim)
    {
        var name = claim.Challenge.Record.Name;
        if (!_records.TryGetValue(name, out var tokens))
        {
            _records.Add(name, tokens = []);
        }

        if (!tokens.Contains(claim.Challenge.Token.Value))
        {
            tokens.Add(claim.Challenge.Token.Value);
        }
    }

    public void Remove(DomainClaim claim) => _records.GetValueOrDefault(claim.Challenge.Record.Name)?.Remove(claim.Challenge.Token.Value);
}
