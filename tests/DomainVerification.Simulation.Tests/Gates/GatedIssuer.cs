using System.Globalization;
using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>An issuer of tokens that only count up.</summary>
internal sealed class GatedIssuer(Node node, SimulationRun simulation) : ITokenIssuer
{
    public ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken) =>
        new(simulation.CallAsync(node, "issue token", () =>
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"token-{simulation.NextToken()}");
            return new IssuedToken(token, new StoredToken(StoredTokenSchemes.Clear, token));
        }));

    public ValueTask<TokenMatch> MatchAsync(
        string observed,
        StoredToken stored,
        TokenContext context,
        CancellationToken cancellationToken) => ValueTask.FromResult(observed == stored.Value ? TokenMatch.Current : TokenMatch.None);

    public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken) =>
        new(simulation.CallAsync<string?>(node, "reveal token", () => stored.Value));
}
