using DomainVerification.Challenges.Internal;

namespace DomainVerification.Tests.Challenges;

public class InstructionWriterTests
{
    [Fact]
    public async Task Text_Txt_SaysItAll()
    {
        await using var world = new ClaimWorld();

        var instructions = (await world.RequestAsync("acme", "www.bücher.example")).Instructions!;
        const string until = " Publish it before 2026-01-08 00:00 UTC.";

        Assert.Equal(
            $"""
            To prove that you control www.bücher.example, add this record to the zone bücher.example:
              Type:  TXT
              Name:  _host-challenge.www   (in full: _host-challenge.www.xn--bcher-kva.example)
              Value: {instructions.RecordValue}
              TTL:   300 seconds
            If your DNS console adds the zone to names by itself, enter the short name, or the name is doubled.{until}
            """,
            instructions.Text,
            ignoreLineEndingDifferences: true);
        Assert.Matches("^token=[a-z2-7]{32} expiry=2026-01-08$", instructions.RecordValue);
        Assert.Equal(instructions.RecordValue, $"token={instructions.Token} expiry=2026-01-08");
        Assert.Equal(TimeSpan.FromMinutes(5), instructions.TimeToLive);
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromDays(7), instructions.ExpiresAt);
        Assert.Null(instructions.HostRecord);
    }

    [Theory]
    [InlineData("example.com", null, "_host-challenge", "example.com")]
    [InlineData("a.b.example.co.uk", null, "_host-challenge.a.b", "example.co.uk")]
    [InlineData("example.com", "@", "@", "example.com")]
    [InlineData("www.example.com", "@", "www", "example.com")]
    public async Task RelativeName_AnyPlace_IsShortOfTheZone(string domain, string? label, string relative, string zone)
    {
        await using var world = new ClaimWorld(options => options.RecordLabel = label);

        var instructions = (await world.RequestAsync("acme", domain)).Instructions!;

        Assert.Equal(relative, instructions.RelativeName);
        Assert.Equal(zone, instructions.Zone.Value);
        Assert.Equal(relative == "@" ? zone : $"{relative}.{zone}", instructions.RecordName);
    }

    [Fact]
    public async Task Delegation_Instructions_TellTheCustomerOfTheAliasAndTheHostOfTheToken()
    {
        await using var world = new ClaimWorld(options => options.DelegationZone = "dcv.host.example");

        var instructions = (await world.RequestAsync("acme", "example.com")).Instructions!;

        Assert.Equal("CNAME", instructions.RecordType);
        Assert.Equal("TXT", instructions.HostRecord!.RecordType);
        Assert.Equal(instructions.RecordValue, instructions.HostRecord.RecordName);
        Assert.StartsWith($"token={instructions.Token} ", instructions.HostRecord.RecordValue, StringComparison.Ordinal);
        Assert.DoesNotContain(instructions.HostRecord.RecordValue, instructions.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cname_Instructions_HaveTheTokenInTheTarget()
    {
        await using var world = new ClaimWorld(options =>
        {
            options.Methods.Add(ProofMethod.DnsCname);
            options.CnameZone = "verify.host.example";
        });

        var instructions = (await world.RequestAsync("acme", "example.com")).Instructions!;

        Assert.Equal("CNAME", instructions.RecordType);
        Assert.Matches("^[a-z2-7]{32}\\.verify\\.host\\.example$", instructions.RecordValue);
        Assert.Equal(instructions.RecordValue, $"{instructions.Token}.verify.host.example");
        Assert.Null(instructions.HostRecord);
    }

    /// <summary>A newer public suffix list can split a zone; a record that lies above its new zone has no short name in it.</summary>
    [Fact]
    public async Task RelativeName_ZoneSplitByANewerList_IsTheWholeName()
    {
        var list = PublicSuffixes.PublicSuffixLists.Parse(PublicSuffixes.PublicSuffixLists.Text("com"));
        await using var world = new ClaimWorld(
            options => options.Placement = ProofPlacement.RegistrableDomain,
            build => build.UsePublicSuffixList(list));
        var claim = (await world.RequestAsync("acme", "shop.example.com")).Claim!;

        var instructions = InstructionWriter.Write(claim, DomainName.Parse("shop.example.com"), "abc");

        Assert.Equal("_host-challenge.example.com", instructions.RecordName);
        Assert.Equal("_host-challenge.example.com", instructions.RelativeName);
    }

    [Fact]
    public async Task Request_DisclosedOnce_ShowsTheTokenOnceAndNeverAgain()
    {
        await using var world = new ClaimWorld(options => options.Token.Disclosure = TokenDisclosure.Once);

        var first = await world.RequestAsync("acme", "example.com");

        Assert.NotNull(first.Instructions);
        Assert.Null((await world.RequestAsync("acme", "example.com")).Instructions);
        Assert.Null((await world.Manager.GetInstructionsAsync(ClaimReference.To(first.Claim!))).Instructions);
        world.Publish(first.Instructions);
        Assert.Equal(ClaimStatus.Verified, (await world.Manager.VerifyAsync(ClaimReference.To(first.Claim!))).RequireClaim().Status);
    }
}
