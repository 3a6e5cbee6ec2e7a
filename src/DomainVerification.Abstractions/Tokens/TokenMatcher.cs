namespace DomainVerification;

/// <summary>Recognises the token of one challenge, and leftovers of the challenges before it.</summary>
public sealed class TokenMatcher
{
    private const int ShortestBeginning = 8;

    private readonly ITokenIssuer _issuer;
    private readonly DomainClaim _claim;

    // At hand: where thousands wait for answers, the claim and its challenge are in no cache any more when theirs comes.
    private readonly StoredToken _current;

    /// <summary>Makes the matcher of a claim's present challenge.</summary>
    /// <param name="issuer">The issuer of the claim's tokens.</param>
    /// <param name="claim">The claim.</param>
    public TokenMatcher(ITokenIssuer issuer, DomainClaim claim)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(claim);
        _issuer = issuer;
        _claim = claim;
        _current = claim.Challenge.Token;
    }

    /// <summary>Says what an observed value is.</summary>
    /// <param name="observed">A value that somebody published, already freed of the text around the token.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async ValueTask<TokenMatch> MatchAsync(string observed, CancellationToken cancellationToken)
    {
        var challenge = _claim.Challenge;
        var current = await CompareAsync(observed, challenge.Token, challenge.Generation, cancellationToken).ConfigureAwait(false);
        if (current == TokenMatch.Current)
        {
            return TokenMatch.Current;
        }

        foreach (var spent in _claim.SpentTokens)
        {
            var match = await CompareAsync(observed, spent.Token, spent.Generation, cancellationToken).ConfigureAwait(false);
            if (match == TokenMatch.Current)
            {
                return TokenMatch.Spent;
            }
        }

        return TokenMatch.None;
    }

    /// <summary>
    /// Whether a value is the present token, where the issuer can tell at once and from any characters. False says nothing: ask
    /// <see cref="MatchAsync"/> then.
    /// </summary>
    internal bool IsCurrent(ReadOnlySpan<char> observed) =>
        _issuer is IQuickTokenIssuer quick && quick.IsToken(observed, _current);

    /// <summary>
    /// Whether an observed value is the present token without its end: 8 characters or more of it. Never so where the stored form cannot
    /// give the token again. To explain a failure; it proves nothing.
    /// </summary>
    /// <param name="observed">See <see cref="MatchAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async ValueTask<bool> IsBeginningAsync(string observed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return observed.Length >= ShortestBeginning
            && await RevealAsync(cancellationToken).ConfigureAwait(false) is { } token
            && observed.Length < token.Length
            && token.StartsWith(observed, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether an observed value is the present token in other upper and lower case. Never so where the stored form cannot give the token
    /// again. To explain a failure; it proves nothing.
    /// </summary>
    /// <param name="observed">See <see cref="MatchAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async ValueTask<bool> DiffersInCaseAsync(string observed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return await RevealAsync(cancellationToken).ConfigureAwait(false) is { } token
            && observed != token
            && string.Equals(observed, token, StringComparison.OrdinalIgnoreCase);
    }

    private ValueTask<string?> RevealAsync(CancellationToken cancellationToken)
    {
        var challenge = _claim.Challenge;
        var context = new TokenContext(_claim.Profile, _claim.Owner, _claim.Domain, challenge.Generation);
        return _issuer.RevealAsync(challenge.Token, context, cancellationToken);
    }

    private ValueTask<TokenMatch> CompareAsync(
        string observed,
        StoredToken stored,
        int generation,
        CancellationToken cancellationToken) =>
        _issuer.MatchAsync(
            observed,
            stored,
            new TokenContext(_claim.Profile, _claim.Owner, _claim.Domain, generation),
            cancellationToken);
}
