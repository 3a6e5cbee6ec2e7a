using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Claims;

public class ContestedDomainTests
{
    private const int Takers = 32;
    private const int Rounds = 1000;

    [Fact]
    public async Task Claim_ManyTakersOfOneDomain_GivesItToExactlyOneEachTime()
    {
        await using var world = new ClaimWorld();
        var verified = ClaimSamples.Of(ClaimStatus.Verified);
        for (var round = 0; round < Rounds; round++)
        {
            var domain = DomainName.Parse($"round-{round}.example");
            var claims = Enumerable.Range(1, Takers)
                .Select(i => ClaimSamples.Id((round * Takers) + i))
                .Select(id => verified with { Id = id, Owner = $"owner-{id}", Domain = domain, Version = 1 })
                .ToArray();
            Assert.Equal(ClaimCommitStatus.Committed, await world.Store.CommitAsync(new ClaimCommit { Claims = claims }, default));

            var results = await Concurrently.RunAsync(Takers, i => world.Manager.ClaimAsync(ClaimReference.To(claims[i])));

            await AssertOneHolderAsync(world, claims, results);
        }
    }

    private static async Task AssertOneHolderAsync(ClaimWorld world, DomainClaim[] claims, ClaimResult[] results)
    {
        // Whoever comes late may take over from who came first; who was on the way at the same moment is told so.
        Assert.All(results, result => Assert.Contains(result.Error?.Code, (string?[])[null, Codes.DomainContested]));
        Assert.Contains(results, result => result.Status == ClaimResultStatus.Done);
        var after = new List<DomainClaim>();
        foreach (var claim in claims)
        {
            after.Add(await world.NowAsync(claim));
        }

        var holder = Assert.Single(after, claim => claim.Status.Holds);
        Assert.Equal(holder, (await world.Store.FindHoldingAsync(string.Empty, holder.Domain, default)).Holder);
        Assert.Equal(results.Count(result => result.Error is null), after.Count(claim => claim.Epoch > 0));
        await AssertNeverTwoHoldersAsync(world, after);
    }

    /// <summary>Replays the trails of a domain in the order of their epochs: each holding must end before the next one begins.</summary>
    private static async Task AssertNeverTwoHoldersAsync(ClaimWorld world, List<DomainClaim> claims)
    {
        var moves = new List<ClaimEvent>();
        foreach (var claim in claims.Where(claim => claim.Epoch > 0))
        {
            moves.AddRange(await world.Store.ListEventsAsync(claim.Id, default));
        }

        var claimed = moves.Where(move => move.Type == ClaimEventTypes.Claimed).OrderBy(move => move.Epoch).ToList();
        var released = moves.Where(move => move.Type == ClaimEventTypes.Released).OrderBy(move => move.Epoch).ToList();
        Assert.Equal(Enumerable.Range(1, claimed.Count).Select(number => (long)number), claimed.Select(move => move.Epoch));
        Assert.Equal(claimed.SkipLast(1).Select(move => (move.ClaimId, move.Epoch)), released.Select(move => (move.ClaimId, move.Epoch)));
        Assert.All(released.Zip(claimed.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
    }
}
