using DomainVerification.PublicSuffixes;
using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;

namespace DomainVerification.Tests.Work;

public class FairOrderTests
{
    [Fact]
    public void Of_OneOwnerHasNearlyAll_OthersTakeTurnsWithIt()
    {
        var claims = Enumerable.Range(0, 90).Select(i => Claim("ann", $"ann-{i}.com"))
            .Concat(Enumerable.Range(0, 10).Select(i => Claim("bob", $"bob-{i}.com")))
            .ToList();

        var order = FairOrder.Of(claims, PublicSuffixList.BuiltIn);

        Assert.Equal(Enumerable.Repeat((string[])["ann", "bob"], 10).SelectMany(turn => turn), order.Take(20).Select(claim => claim.Owner));
        Assert.Equal(claims.ToHashSet(), order.ToHashSet());
    }

    [Fact]
    public void Of_OneZoneHasNearlyAll_OthersTakeTurnsWithIt()
    {
        var claims = Enumerable.Range(0, 90).Select(i => Claim($"owner-{i}", $"sub-{i}.slow.co.uk"))
            .Concat(Enumerable.Range(90, 10).Select(i => Claim($"owner-{i}", $"quick-{i}.co.uk")))
            .ToList();

        var order = FairOrder.Of(claims, PublicSuffixList.BuiltIn);

        Assert.Equal(10, order.Take(11).Count(claim => claim.Domain.Value.StartsWith("quick", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_EverybodyHasOne_KeepsTheOrderOfWaiting()
    {
        var claims = Enumerable.Range(0, 100).Select(i => Claim($"owner-{i}", $"name-{i}.com")).ToList();

        Assert.Equal(claims, FairOrder.Of(claims, PublicSuffixList.BuiltIn));
    }

    private static DomainClaim Claim(string owner, string domain) =>
        ClaimSamples.Pending() with { Owner = owner, Domain = DomainName.Parse(domain) };
}
