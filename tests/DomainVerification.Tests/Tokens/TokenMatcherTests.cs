namespace DomainVerification.Tests.Tokens;

public class TokenMatcherTests
{
    [Fact]
    public async Task Match_TokenBeforeTheRotation_IsSpentForEver()
    {
        await using var world = new ClaimWorld();
        var first = await world.RequestAsync("acme", "example.com");
        var old = TokenIn(first);
        var claim = first.Claim!;
        for (var i = 0; i < DomainClaim.MaximumSpentTokens; i++)
        {
            claim = (await world.Manager.RotateTokenAsync(ClaimReference.To(claim))).RequireClaim();
        }

        var matcher = new TokenMatcher(world.Get<ITokenIssuer>(), claim);
        Assert.Equal(TokenMatch.Spent, await matcher.MatchAsync(old, default));

        claim = (await world.Manager.RotateTokenAsync(ClaimReference.To(claim))).RequireClaim();
        matcher = new TokenMatcher(world.Get<ITokenIssuer>(), claim);
        Assert.Equal(TokenMatch.None, await matcher.MatchAsync(old, default));
    }

    [Fact]
    public async Task Match_IssuerThatTakesItsTime_KnowsPresentAndSpentTokens()
    {
        await using var world = new ClaimWorld();
        var first = await world.RequestAsync("acme", "example.com");
        var rotated = await world.Manager.RotateTokenAsync(ClaimReference.To(first.Claim!));

        Assert.Equal(TokenMatch.Spent, await MatchAsync(TokenIn(first)));
        Assert.Equal(TokenMatch.Current, await MatchAsync(TokenIn(rotated)));
        Assert.Equal(TokenMatch.None, await MatchAsync("another"));

        async Task<TokenMatch> MatchAsync(string observed)
        {
            var issuer = new SlowIssuer(world.Get<ITokenIssuer>());
            var matching = new TokenMatcher(issuer, rotated.RequireClaim()).MatchAsync(observed, default);
            Assert.False(matching.IsCompleted);
            issuer.Answer.SetResult();
            return await matching;
        }
    }

    private static string TokenIn(ClaimResult result) => result.Instructions!.RecordValue.Split(' ')[0]["token=".Length..];

    /// <summary>Answers as an issuer that asks another process does.</summary>
    private sealed class SlowIssuer(ITokenIssuer inner) : ITokenIssuer
    {
        public TaskCompletionSource Answer { get; } = new();

        public ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken) =>
            inner.IssueAsync(context, cancellationToken);

        public async ValueTask<TokenMatch> MatchAsync(
            string observed,
            StoredToken stored,
            TokenContext context,
            CancellationToken cancellationToken)
        {
            await Answer.Task;
            return await inner.MatchAsync(observed, stored, context, cancellationToken);
        }

        public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken) =>
            inner.RevealAsync(stored, context, cancellationToken);
    }
}
