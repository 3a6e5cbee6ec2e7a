namespace DomainVerification.Tests.Tokens;

/// <summary>A host's own issuer around another one: it counts what it is asked, and has the last word.</summary>
internal sealed class DecoratedIssuer(ITokenIssuer inner, Func<TokenMatch, TokenMatch>? answer = null) : ITokenIssuer
{
    private int _matches;

    /// <summary>Whether it goes on in the pool before it answers, as one does that asks another process.</summary>
    public bool TakesItsTime { get; init; }

    /// <summary>How often it was asked whether a value is a token.</summary>
    public int Matches => _matches;

    public ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken) =>
        inner.IssueAsync(context, cancellationToken);

    public async ValueTask<TokenMatch> MatchAsync(
        string observed,
        StoredToken stored,
        TokenContext context,
        CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _matches);
        if (TakesItsTime)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        var match = await inner.MatchAsync(observed, stored, context, cancellationToken);
        return answer is null ? match : answer(match);
    }

    public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken) =>
        inner.RevealAsync(stored, context, cancellationToken);
}
