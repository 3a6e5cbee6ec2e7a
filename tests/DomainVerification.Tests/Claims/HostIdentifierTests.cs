using static DomainVerification.Tests.Claims.ClaimWorldExtensions;

namespace DomainVerification.Tests.Claims;

/// <summary>Owners and actors come from the host: a bad one is a bug of it, wherever it is given.</summary>
public class HostIdentifierTests
{
    private static readonly Dictionary<string, string> Bad = new()
    {
        ["empty"] = "",
        ["blank"] = " \t",
        ["long"] = new('o', 257),
        ["U+0000"] = "an\0n",
        ["high half"] = "ann\uD83D",
        ["low half"] = "\uDE00ann",
        ["halves swapped"] = "\uDE00\uD83D",
    };

    private static readonly Dictionary<string, Func<ClaimWorld, string, Task>> Places = new()
    {
        ["request"] = (world, id) => world.RequestAsync(id, Domain),
        ["reference by domain"] = (world, id) => world.Manager.GetAsync(ClaimReference.To(id, Domain)),
        ["reference by identity"] = (world, id) => world.Manager.GetAsync(ClaimReference.To(id, ClaimSamples.Id(1))),
        ["list"] = (world, id) => world.Manager.ListAsync(id),
        ["user"] = (world, id) => RequestAsync(world, () => ClaimActor.User(id)),
        ["actor"] = (world, id) => RequestAsync(world, () => new ClaimActor(ClaimActorKind.User, id)),
        ["changed actor"] = (world, id) => RequestAsync(world, () => ClaimActor.System with { Id = id }),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var place in Places.Keys)
            {
                foreach (var bad in Bad.Keys)
                {
                    cases.Add(place, bad);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> PlaceNames => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Identifier_ThatNoStoreKeeps_ThrowsAndChangesNothing(string place, string bad)
    {
        await using var world = new ClaimWorld();
        var before = await world.Store.SnapshotAsync();

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Places[place](world, Bad[bad]));

        Assert.Contains(exception.ParamName, new[] { "request", "owner", "id", "Id" });
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public async Task Identifier_Null_Throws(string place)
    {
        await using var world = new ClaimWorld();

        await Assert.ThrowsAsync<ArgumentNullException>(() => Places[place](world, null!));
    }

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public async Task Identifier_LongestWithWholePairs_IsTaken(string place)
    {
        await using var world = new ClaimWorld();

        await Places[place](world, string.Concat(Enumerable.Repeat("\U0001F600", 128)));
    }

    [Fact]
    public async Task Profile_Null_Throws()
    {
        await using var world = new ClaimWorld();

        await Assert.ThrowsAsync<ArgumentNullException>(
            () => world.Manager.RequestAsync(new ClaimRequest("ann", Domain) { Profile = null! }));
        Assert.Throws<ArgumentNullException>(() => ClaimReference.To("ann", Domain, null!));
    }

    private static Task RequestAsync(ClaimWorld world, Func<ClaimActor> actor) =>
        world.Manager.RequestAsync(new ClaimRequest("ann", Domain) { Actor = actor() });
}
