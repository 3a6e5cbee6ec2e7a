namespace DomainVerification;

/// <summary>
/// Issues the tokens that owners publish, and recognises them. The default issues random or derived tokens as the profile says; replace it
/// with <c>UseTokenIssuer</c>.
/// </summary>
public interface ITokenIssuer
{
    /// <summary>
    /// Issues a token. A token must carry at least 128 bits that an outsider cannot predict, and must differ from every token issued for
    /// another <see cref="TokenContext"/>, also for an earlier generation of the same one.
    /// </summary>
    /// <param name="context">For whom and for what the token is.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken);

    /// <summary>Says whether an observed value is the token. Must compare in a time that does not depend on the values.</summary>
    /// <param name="observed">A value that an outsider published: of any length and content.</param>
    /// <param name="stored">The stored form that was issued with the token.</param>
    /// <param name="context">For whom and for what the token was issued.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<TokenMatch> MatchAsync(string observed, StoredToken stored, TokenContext context, CancellationToken cancellationToken);

    /// <summary>Gives the token again, or <see langword="null"/> where its stored form cannot (it was disclosed once).</summary>
    /// <param name="stored">The stored form that was issued with the token.</param>
    /// <param name="context">For whom and for what the token was issued.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken);
}
