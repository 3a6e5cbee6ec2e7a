namespace DomainVerification.Tests.Tokens;

public class TokenMatcherTests
{
    [Fact]
    public async Task Match_TokenBeforeTheRotation_IsSpentForEver()
    {
        await using var world = new ClaimWorld();
        var first = await world.RequestAsync("acme", "example.com");
        var old = first.Instructions!.RecordValue.Split(' ')[0]["token=".Length..];
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
}
