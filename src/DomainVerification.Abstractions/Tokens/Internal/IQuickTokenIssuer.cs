namespace DomainVerification;

/// <summary>An issuer that recognises most tokens at once, without a text of what was observed.</summary>
internal interface IQuickTokenIssuer
{
    /// <summary>
    /// Whether a value is the token, compared in a time that does not depend on the values. False also where that takes
    /// <see cref="ITokenIssuer.MatchAsync"/> to find out.
    /// </summary>
    bool IsToken(ReadOnlySpan<char> observed, StoredToken stored);
}
