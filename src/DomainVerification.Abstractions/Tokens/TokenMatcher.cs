namespace DomainVerification;

/// <summary>Recognises the token of one challenge, and leftovers of the challenges before it.</summary>
public sealed class TokenMatcher
{
    private readonly ITokenIssuer _issuer;
    private readonly DomainClaim _claim;

    /// <summary>Makes the matcher of a claim's present challenge.</summary>
    /// <param name="issuer">The issuer of the claim's tokens.</param>
    /// <param name="claim">The claim.</param>
    public TokenMatcher(ITokenIssuer issuer, DomainClaim claim)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(claim);
        _issuer = issuer;
        _claim = claim;
    }

    /// <summary>Says what an observed value is.</summary>
    /// <param name="observed">A value that somebody published, already freed of the text around the token.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async ValueTask<TokenMatch> MatchAsync(string observed, CancellationToken cancellationToken)
    {
        var challenge = _claim.Challenge;
        if (await IsAsync(observed, challenge.Token, challenge.Generation, cancellationToken).ConfigureAwait(false))
        {
            return TokenMatch.Current;
        }

        foreach (var spent in _claim.SpentTokens)
        {
            if (await IsAsync(observed, spent.Token, spent.Generation, cancellationToken).ConfigureAwait(false))
            {
                return TokenMatch.Spent;
            }
        }

        return TokenMatch.None;
    }

    private async ValueTask<bool> IsAsync(string observed, StoredToken stored, int generation, CancellationToken cancellationToken)
    {
        var context = new TokenContext(_claim.Profile, _claim.Owner, _claim.Domain, generation);
        return await _issuer.MatchAsync(observed, stored, context, cancellationToken).ConfigureAwait(false) == TokenMatch.Current;
    }
}
