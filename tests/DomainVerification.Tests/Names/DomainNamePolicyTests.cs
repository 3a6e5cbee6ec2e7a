using DomainVerification.Names.Internal;
using DomainVerification.PublicSuffixes;
using static DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Names;

public class DomainNamePolicyTests
{
    private readonly DomainNamePolicy _policy = new(PublicSuffixList.BuiltIn);

    [Theory]
    [InlineData("example.com", null)]
    [InlineData("a.b.example.co.uk", null)]
    [InlineData("alice.github.io", null)]
    [InlineData("co.uk", DomainIsPublicSuffix)]
    [InlineData("xn--55qx5d.cn", DomainIsPublicSuffix)]
    [InlineData("anything.ck", DomainIsPublicSuffix)]
    [InlineData("www.ck", null)]
    [InlineData("github.io", DomainIsPrivateSuffix)]
    [InlineData("example.invented", DomainTldUnlisted)]
    [InlineData("host.internal", DomainTldUnlisted)]
    [InlineData("example.test", DomainTldUnlisted)]
    [InlineData("foo.localhost", DomainReserved)]
    [InlineData("printer.local", DomainReserved)]
    [InlineData("hidden.onion", DomainReserved)]
    [InlineData("1.0.0.127.in-addr.arpa", DomainReserved)]
    [InlineData("home.arpa", DomainReserved)]
    [InlineData("example.invalid", DomainReserved)]
    [InlineData("example.alt", DomainReserved)]
    public void Check_Name_IsAllowedOrSaysWhyNot(string name, string? code) => Assert.Equal(code, Check(new(), name));

    [Fact]
    public void Check_PrivateSuffixAllowed_TakesItAndNoIcannSuffix()
    {
        var profile = new DomainVerificationOptions { AllowPrivateSuffixes = true };

        Assert.Null(Check(profile, "github.io"));
        Assert.Equal(DomainIsPublicSuffix, Check(profile, "co.uk"));
        Assert.Equal("github.io", _policy.Zone(DomainName.Parse("github.io")).Value);
    }

    [Fact]
    public void Check_UnlistedAllowed_StillRefusesReservedNames()
    {
        var profile = new DomainVerificationOptions { AllowUnlistedSuffixes = true };

        Assert.Null(Check(profile, "host.internal"));
        Assert.Equal(DomainReserved, Check(profile, "foo.localhost"));
        Assert.Equal(DomainReserved, Check(profile, "hidden.onion"));
    }

    [Theory]
    [InlineData("gmail.com", DomainDenied)]
    [InlineData("mail.gmail.com", DomainDenied)]
    [InlineData("xgmail.com", null)]
    [InlineData("gmail.com.example.com", null)]
    [InlineData("xn--bcher-kva.com", DomainDenied)]
    public void Check_DeniedDomain_CoversAllBelowAndNothingElse(string name, string? code) =>
        Assert.Equal(code, Check(new() { DeniedDomains = { "GMAIL.com", "bücher.com" } }, name));

    [Theory]
    [InlineData("pull.example.com", "example.com")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("x.alice.github.io", "alice.github.io")]
    [InlineData("example.com", "example.com")]
    public void Subject_RegistrableDomain_IsTheSuffixAndOneLabel(string name, string subject)
    {
        Assert.Equal(subject, _policy.Subject(new() { Subject = ClaimSubject.RegistrableDomain }, DomainName.Parse(name)).Value);
        Assert.Equal(name, _policy.Subject(new(), DomainName.Parse(name)).Value);
    }

    private string? Check(DomainVerificationOptions profile, string name) => _policy.Check(profile, DomainName.Parse(name))?.Code;
}
