using DomainVerification.Challenges.Internal;
using DomainVerification.Tests.Tokens;

namespace DomainVerification.Tests.Challenges;

public class ChallengeFactoryTests
{
    private static readonly DateTimeOffset Expiry = new(2026, 11, 29, 23, 59, 59, TimeSpan.Zero);

    [Theory]
    [InlineData(ChallengeScope.Unspecified, "_host-challenge.www.example.com")]
    [InlineData(ChallengeScope.Host, "_host-host-challenge.www.example.com")]
    [InlineData(ChallengeScope.Domain, "_host-domain-challenge.www.example.com")]
    public void Create_Scope_StandsInTheLabel(ChallengeScope scope, string name) =>
        Assert.Equal(name, Create(options => options.Scope = scope).Name);

    [Theory]
    [InlineData("_acme_verification", "_acme_verification.www.example.com")]
    [InlineData("_feature._acme", "_feature._acme.www.example.com")]
    [InlineData("verify", "verify.www.example.com")]
    [InlineData("@", "www.example.com")]
    public void Create_RecordLabel_ReplacesTheWholeLabel(string label, string name) =>
        Assert.Equal(name, Create(options => (options.RecordLabel, options.Scope) = (label, ChallengeScope.Host)).Name);

    [Theory]
    [InlineData(ProofPlacement.ExactName, "_host-challenge.www.example.com")]
    [InlineData(ProofPlacement.RegistrableDomain, "_host-challenge.example.com")]
    public void Create_Placement_SaysWhereTheRecordStands(ProofPlacement placement, string name) =>
        Assert.Equal(name, Create(options => options.Placement = placement).Name);

    [Fact]
    public void Create_TenantLabel_Is80BitsBehindAnUnderscoreInFront()
    {
        Assert.Matches("^_[a-z2-7]{16}\\._host-challenge\\.www\\.example\\.com$", Create(WithTenant).Name);
        Assert.Matches("^_[a-z2-7]{16}\\.www\\.example\\.com$", Create(options =>
        {
            WithTenant(options);
            options.RecordLabel = "@";
        }).Name);
    }

    [Fact]
    public void Create_TenantLabel_BelongsToProfileAndOwnerAlone()
    {
        var mine = TenantOf(Subject);

        Assert.Equal(mine, TenantOf(Subject with { Generation = 7 }));
        Assert.Equal(mine, TenantOf(Subject with { Domain = DomainName.Parse("other.net") }));
        Assert.NotEqual(mine, TenantOf(Subject with { Owner = "other" }));
        Assert.NotEqual(mine, TenantOf(Subject with { Profile = "sending" }));
        Assert.NotEqual(mine, TenantOf(Subject with { Profile = "acm", Owner = "e" }));
    }

    [Fact]
    public void Create_TenantLabel_CannotBeComputedWithoutTheKey()
    {
        var other = Create(options =>
        {
            options.TenantLabel = TenantLabel.KeyedHash;
            options.Keys.Add(TestProfiles.Key("k1", 8));
        });

        Assert.NotEqual(TenantOf(Subject), other.Name.Split('.')[0]);
    }

    /// <summary>Customers have published records under this label; it may never change.</summary>
    [Fact]
    public void Create_TenantLabel_IsTheKnownOne() => Assert.Equal("_fuczq4aq3xgpfjip", TenantOf(Subject));

    [Theory]
    [InlineData("token={token} expiry={expiry}", "token={token} expiry=2026-11-29")]
    [InlineData("{token}", "{token}")]
    [InlineData("wacht_verify_{token}", "wacht_verify_{token}")]
    [InlineData("{expiry} {token} {expiry}", "2026-11-29 {token} 2026-11-29")]
    public void Create_ValueFormat_GetsItsExpiry(string format, string expected) =>
        Assert.Equal(expected, Create(options => options.ValueFormat = format).ValueFormat);

    [Fact]
    public void Create_ExpiryElsewhereOnEarth_IsTheUtcDay()
    {
        var record = ChallengeFactory.Create(
            Profile(_ => { }),
            Subject,
            DomainName.Parse("example.com"),
            ProofMethod.DnsTxt,
            new DateTimeOffset(2026, 11, 30, 1, 0, 0, TimeSpan.FromHours(2)),
            null,
            "t");

        Assert.EndsWith("expiry=2026-11-29", record.ValueFormat, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Cname_PointsIntoTheHostsZoneAndIgnoresTheValueFormat()
    {
        var record = Create(
            options => (options.CnameZone, options.DelegationZone) = ("verify.host.example", "dcv.host.example"),
            ProofMethod.DnsCname);

        Assert.Equal("{token}.verify.host.example", record.ValueFormat);
        Assert.Equal("abc.verify.host.example", record.FormatValue("abc"));
        Assert.Null(record.DelegatedName);
    }

    [Fact]
    public void Create_Delegation_GivesAnUnguessableNameToEachClaim()
    {
        var one = Create(options => options.DelegationZone = "dcv.host.example");
        var other = Create(options => options.DelegationZone = "dcv.host.example");

        Assert.Matches("^[a-z2-7]{32}\\.dcv\\.host\\.example$", one.DelegatedName);
        Assert.NotEqual(one.DelegatedName, other.DelegatedName);
    }

    [Fact]
    public void Check_LongestName_FitsAndOneMoreDoesNot()
    {
        Assert.Null(ChallengeFactory.Check(RecordOf(253), "t"));
        Assert.Equal("challenge_too_long", ChallengeFactory.Check(RecordOf(254), "t")?.Code);
    }

    [Fact]
    public void Check_CnameTarget_CountsTheToken()
    {
        var record = RecordOf(10) with { Method = ProofMethod.DnsCname, ValueFormat = "{token}." + new string('z', 200) };

        Assert.Null(ChallengeFactory.Check(record, new string('t', 52)));
        Assert.Equal("challenge_too_long", ChallengeFactory.Check(record, new string('t', 53))?.Code);
    }

    private static TokenContext Subject => TestProfiles.Context with { Domain = DomainName.Parse("www.example.com") };

    private static ChallengeRecord RecordOf(int length) =>
        new() { Method = ProofMethod.DnsTxt, Name = new string('n', length), ValueFormat = "{token}" };

    private static void WithTenant(DomainVerificationOptions options)
    {
        options.TenantLabel = TenantLabel.KeyedHash;
        options.Keys.Add(TestProfiles.Key("k1"));
    }

    private static string TenantOf(TokenContext subject) =>
        ChallengeFactory
            .Create(Profile(WithTenant), subject, DomainName.Parse("example.com"), ProofMethod.DnsTxt, Expiry, null, "t")
            .Name.Split('.')[0];

    private static ChallengeRecord Create(Action<DomainVerificationOptions> configure, ProofMethod method = ProofMethod.DnsTxt) =>
        ChallengeFactory.Create(Profile(configure), Subject, DomainName.Parse("example.com"), method, Expiry, null, "t");

    private static DomainVerificationOptions Profile(Action<DomainVerificationOptions> configure)
    {
        var options = new DomainVerificationOptions { Provider = "host" };
        configure(options);
        return options;
    }
}
