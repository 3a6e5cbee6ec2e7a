using DomainVerification.Dns;
using DomainVerification.Options.Internal;
using DomainVerification.Tests.Tokens;

namespace DomainVerification.Tests.Options;

/// <summary>One row a rule: the message names the option, the value it has and what is allowed.</summary>
public class OptionValidationTests
{
    private const string FileProvesItsHost = "must not be so, since the methods include HttpFile and a file proves its own host alone; "
        + "Files:TrustOneHostForAllSubdomains would let it prove more.";

    private static readonly Dictionary<string, (Action<DomainVerificationOptions> Break, string Message)> Rules = new()
    {
        ["scope"] = (o => o.Scope = (ChallengeScope)9, "Scope is '9' but must be one of Unspecified, Host, Domain."),
        ["tenant label"] = (o => o.TenantLabel = (TenantLabel)9, "TenantLabel is '9' but must be one of None, KeyedHash."),
        ["placement"] = (o => o.Placement = (ProofPlacement)9, "Placement is '9' but must be one of ExactName, RegistrableDomain."),
        ["subject"] = (o => o.Subject = (ClaimSubject)9, "Subject is '9' but must be one of ExactName, RegistrableDomain."),
        ["exclusivity"] = (o => o.Exclusivity = (DomainExclusivity)9, "Exclusivity is '9' but must be one of OneHolder, Shared."),
        ["takeover"] = (o => o.Takeover = (TakeoverRule)9, "Takeover is '9' but must be one of ByProof, Never, RefuseRequests, RefuseProofs."),
        ["on proved"] = (o => o.OnProved = (ProvedAction)9, "OnProved is '9' but must be one of Verify, Claim."),
        ["methods"] = (o => o.Methods.Add((ProofMethod)9), "Methods is '9' but must be one of DnsTxt, DnsCname, HttpFile."),
        ["provider"] = (
            o => o.Provider = "Acme Inc",
            "Provider is 'Acme Inc' but must be 1 to 40 lower-case letters, digits and inner hyphens."),
        ["no provider"] = (o => o.Provider = null!, "Provider is '' but must be 1 to 40 lower-case letters, digits and inner hyphens."),
        ["provider of ACME"] = (
            o => o.Provider = "acme",
            "Provider is 'acme' but must not make an underscore label that is registered for something else (RFC 8552); "
            + "set Scope or RecordLabel."),
        ["label"] = (
            o => o.RecordLabel = "_Acme",
            "RecordLabel is '_Acme' but must be '@', or labels of lower-case letters, digits, hyphens and underscores, "
            + "100 characters at the most."),
        ["label of mail"] = (
            o => o.RecordLabel = "_dmarc",
            "RecordLabel is '_dmarc' but must not use an underscore label that is registered for something else (RFC 8552)."),
        ["label below mail"] = (
            o => o.RecordLabel = "acme._domainkey",
            "RecordLabel is 'acme._domainkey' but must not use an underscore label that is registered for something else (RFC 8552)."),
        ["label of a CNAME"] = (
            o => (o.RecordLabel, o.DelegationZone) = ("verify", "dcv.host.example"),
            "RecordLabel is 'verify' but must start with an underscore, since the record is, or is reached by, a CNAME."),
        ["apex delegated"] = (
            o => (o.RecordLabel, o.DelegationZone) = ("@", "dcv.host.example"),
            "RecordLabel is '@' but must start with an underscore, since the record is, or is reached by, a CNAME."),
        ["value"] = (
            o => o.ValueFormat = "token",
            "ValueFormat is 'token' but must be printable ASCII, 200 characters at the most, with {token} once."),
        ["no value"] = (
            o => o.ValueFormat = null!,
            "ValueFormat is '' but must be printable ASCII, 200 characters at the most, with {token} once."),
        ["cname zone"] = (
            o => o.CnameZone = "Host.example",
            "CnameZone is 'Host.example' but must be a lower-case ASCII domain name without a final dot, 150 characters at the most."),
        ["delegation zone"] = (
            o => o.DelegationZone = "dcv",
            "DelegationZone is 'dcv' but must be a lower-case ASCII domain name without a final dot, 150 characters at the most."),
        ["cname without zone"] = (
            o => o.Methods.Add(ProofMethod.DnsCname),
            "CnameZone is '' but must be set, since the methods include DnsCname."),
        ["cname in mixed case"] = (
            o => Cname(o).Token.Encoding = TokenEncoding.Base64Url,
            "Token:Encoding is 'Base64Url' but must not depend on case, which DNS does not keep, since the methods include DnsCname."),
        ["cname beyond a label"] = (
            o => Cname(o).Token.Bits = 320,
            "Token:Format is '{0}' but must fill, with its random part, one label of 63 lower-case letters, digits and hyphens at the most, "
            + "since the methods include DnsCname."),
        ["file scheme"] = (o => o.Files.Scheme = (FileScheme)9, "Files:Scheme is '9' but must be one of Http, Https."),
        ["file path"] = (
            o => o.Files.Path = "verification.html",
            "Files:Path is 'verification.html' but must begin with '/', have at most 200 unreserved characters and slashes, no '..', "
            + "and {id} once at the most."),
        ["file path upwards"] = (
            o => o.Files.Path = "/a/../{id}",
            "Files:Path is '/a/../{id}' but must begin with '/', have at most 200 unreserved characters and slashes, no '..', "
            + "and {id} once at the most."),
        ["file path of ACME"] = (
            o => File(o).Files.Path = "/.well-known/acme-challenge/{id}",
            "Files:Path is '/.well-known/acme-challenge/{id}' but must not make a path that certificate authorities use."),
        ["provider of ACME with files"] = (
            o => (File(o).Provider, o.Scope) = ("acme", ChallengeScope.Host),
            "Provider is 'acme' but must not make a path that certificate authorities use."),
        ["file for a whole domain"] = (o => File(o).Scope = ChallengeScope.Domain, $"Scope is 'Domain' but {FileProvesItsHost}"),
        ["file elsewhere"] = (
            o => File(o).Placement = ProofPlacement.RegistrableDomain,
            $"Placement is 'RegistrableDomain' but {FileProvesItsHost}"),
        ["file for another name"] = (
            o => File(o).Subject = ClaimSubject.RegistrableDomain,
            $"Subject is 'RegistrableDomain' but {FileProvesItsHost}"),
        ["source"] = (o => o.Token.Source = (TokenSource)9, "Token:Source is '9' but must be one of Random, Derived."),
        ["encoding"] = (
            o => o.Token.Encoding = (TokenEncoding)9,
            "Token:Encoding is '9' but must be one of Base32, Base64Url, Hex, Decimal, Uuid."),
        ["disclosure"] = (o => o.Token.Disclosure = (TokenDisclosure)9, "Token:Disclosure is '9' but must be one of Always, Once."),
        ["few bits"] = (o => o.Token.Bits = 127, "Token:Bits is '127' but must be from 128 to 512."),
        ["many bits"] = (o => o.Token.Bits = 513, "Token:Bits is '513' but must be from 128 to 512."),
        ["many derived bits"] = (o => Derived(o).Token.Bits = 257, "Token:Bits is '257' but must be from 128 to 256."),
        ["format"] = (
            o => o.Token.Format = "acme {0}",
            "Token:Format is 'acme {0}' but must be printable ASCII without spaces, 100 characters at the most, with {0} once."),
        ["derived once"] = (
            o => Derived(o).Token.Disclosure = TokenDisclosure.Once,
            "Token:Disclosure is 'Once' but must be Always for derived tokens, which can be derived again at any time."),
        ["derived without key"] = (
            o => o.Token.Source = TokenSource.Derived,
            "Keys is 'empty' but needs a key for derived tokens and tenant labels."),
        ["tenant label without key"] = (
            o => o.TenantLabel = TenantLabel.KeyedHash,
            "Keys is 'empty' but needs a key for derived tokens and tenant labels."),
        ["key id"] = (
            o => o.Keys.Add(TestProfiles.Key("k 1")),
            "Keys:0:Id is 'k 1' but must be 1 to 32 letters, digits, hyphens or underscores."),
        ["same keys"] = (
            o => Derived(o).Keys.Add(TestProfiles.Key("k1", 8)),
            "Keys is 'k1, k1' but must have a different Id for each key."),
        ["lifetime"] = (
            o => o.ChallengeLifetime = TimeSpan.FromDays(31),
            "ChallengeLifetime is '31.00:00:00' but must be from 00:01:00 to 30.00:00:00."),
        ["no lifetime"] = (
            o => o.ChallengeLifetime = TimeSpan.Zero,
            "ChallengeLifetime is '00:00:00' but must be from 00:01:00 to 30.00:00:00."),
        ["pending"] = (
            o => o.MaximumPendingClaims = 1001,
            "MaximumPendingClaims is '1001' but must be from 0 to 1000."),
        ["freshness"] = (
            o => o.ProofFreshness = TimeSpan.FromSeconds(59),
            "ProofFreshness is '00:00:59' but must be from 00:01:00 to 30.00:00:00."),
        ["start"] = (
            o => o.Recheck.Start = (RecheckStart)9,
            "Recheck:Start is '9' but must be one of AfterFirstVerify, Immediately."),
        ["first delay"] = (
            o => o.Recheck.FirstDelay = TimeSpan.Zero,
            "Recheck:FirstDelay is '00:00:00' but must be from 00:00:01 to 1.00:00:00."),
        ["growth"] = (o => o.Recheck.Growth = 0.99, "Recheck:Growth is '0.99' but must be from 1 to 10."),
        ["growth of no number"] = (o => o.Recheck.Growth = double.NaN, "Recheck:Growth is 'NaN' but must be from 1 to 10."),
        ["maximum delay"] = (
            o => o.Recheck.MaximumDelay = TimeSpan.FromSeconds(30),
            "Recheck:MaximumDelay is '00:00:30' but must be from 00:01:00 to 7.00:00:00."),
        ["tries"] = (o => o.Recheck.MaximumTries = -1, "Recheck:MaximumTries is '-1' but must be from 0 to 10000."),
        ["denied"] = (o => o.DeniedDomains.Add("*.example.com"), "DeniedDomains:0 is '*.example.com' but must be a domain name."),
    };

    public static TheoryData<string> RuleNames => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Profile_RuleBroken_SaysWhichOptionAndWhatIsAllowed(string rule)
    {
        var options = new DomainVerificationOptions();
        Rules[rule].Break(options);

        Assert.Equal("DomainVerification:" + Rules[rule].Message, Assert.Single(Failures("", options)));
        Assert.Equal("DomainVerification:Profiles:sending:" + Rules[rule].Message, Assert.Single(Failures("sending", options)));
    }

    [Fact]
    public void Profile_Defaults_AreValid() => Assert.Empty(Failures("", new DomainVerificationOptions()));

    [Fact]
    public void Profile_RegisteredLabelAvoidedByScope_IsValid() =>
        Assert.Empty(Failures("", new DomainVerificationOptions { Provider = "acme", Scope = ChallengeScope.Host }));

    [Fact]
    public void Profile_SeveralRulesBroken_SaysAll()
    {
        var options = new DomainVerificationOptions { Provider = "", ValueFormat = "", ChallengeLifetime = TimeSpan.Zero };

        Assert.Equal(3, Failures("", options).Count);
    }

    [Theory]
    [InlineData("c2VjcmV0")]
    [InlineData("not base64")]
    [InlineData("")]
    public void Keys_BadSecret_IsNeverShown(string secret)
    {
        var options = new DomainVerificationOptions { Keys = { new TokenKey { Id = "k1", Secret = secret } } };

        Assert.Equal("DomainVerification:Keys:0:Secret must be at least 32 bytes in base64.", Assert.Single(Failures("", options)));
        Assert.Equal("TokenKey(k1)", options.Keys[0].ToString());
    }

    [Fact]
    public void Keys_SameKeyTwice_CountsOnce() =>
        Assert.Empty(Failures("", new DomainVerificationOptions { Keys = [TestProfiles.Key("k1"), TestProfiles.Key("k1")] }));

    [Fact]
    public void Label_LongestAllowed_IsTakenAndOneMoreIsNot()
    {
        var label = $"_{new string('a', 49)}.{new string('b', 49)}";

        Assert.Empty(Failures("", new DomainVerificationOptions { RecordLabel = label }));
        Assert.Single(Failures("", new DomainVerificationOptions { RecordLabel = label + "b" }));
    }

    public static TheoryData<DomainVerificationWorkerOptions, string> Workers => new()
    {
        { new() { PollInterval = TimeSpan.Zero }, "PollInterval is '00:00:00' but must be from 00:00:00.1000000 to 01:00:00." },
        { new() { BatchSize = 0 }, "BatchSize is '0' but must be from 1 to 10000." },
        { new() { Concurrency = 4097 }, "Concurrency is '4097' but must be from 1 to 4096." },
        { new() { LeaseDuration = TimeSpan.FromSeconds(9) }, "LeaseDuration is '00:00:09' but must be from 00:00:10 to 01:00:00." },
        { new() { MaximumAttempts = 0 }, "MaximumAttempts is '0' but must be from 1 to 1000." },
        { new() { MaximumAttempts = 1001 }, "MaximumAttempts is '1001' but must be from 1 to 1000." },
    };

    [Theory]
    [MemberData(nameof(Workers))]
    public void Worker_RuleBroken_SaysWhichOptionAndWhatIsAllowed(DomainVerificationWorkerOptions options, string message) =>
        Assert.Equal("DomainVerification:Worker:" + message, Assert.Single(new WorkerOptionsValidator().Validate(null, options).Failures!));

    [Fact]
    public void Worker_Defaults_AreValid() =>
        Assert.True(new WorkerOptionsValidator().Validate(null, new DomainVerificationWorkerOptions()).Succeeded);

    public static TheoryData<CheckLimitOptions, string> CheckLimits => new()
    {
        { new() { PerDomain = -1 }, "PerDomain is '-1' but must be from 0 to 100000." },
        { new() { PerOwner = 100_001 }, "PerOwner is '100001' but must be from 0 to 100000." },
        { new() { Total = -1 }, "Total is '-1' but must be from 0 to 100000." },
        { new() { Window = TimeSpan.FromMilliseconds(999) }, "Window is '00:00:00.9990000' but must be from 00:00:01 to 1.00:00:00." },
    };

    [Theory]
    [MemberData(nameof(CheckLimits))]
    public void CheckLimits_RuleBroken_SaysWhichOptionAndWhatIsAllowed(CheckLimitOptions options, string message) => Assert.Equal(
        "DomainVerification:CheckLimits:" + message,
        Assert.Single(new CheckLimitOptionsValidator().Validate(null, options).Failures!));

    [Fact]
    public void CheckLimits_DefaultsAndNone_AreValid() => Assert.All(
        [new CheckLimitOptions(), new CheckLimitOptions { PerDomain = 0, PerOwner = 0, Total = 0 }],
        options => Assert.True(new CheckLimitOptionsValidator().Validate(null, options).Succeeded));

    [Fact]
    public void Dns_RuleBroken_SaysTheConfigurationPath()
    {
        var options = new DnsResolverOptions { TriesPerServer = 4 };

        Assert.Equal(
            "DomainVerification:Dns:TriesPerServer is 4; allowed is 1 to 3.",
            Assert.Single(new DnsOptionsValidator().Validate(null, options).Failures!));
    }

    private static DomainVerificationOptions Derived(DomainVerificationOptions options)
    {
        options.Token.Source = TokenSource.Derived;
        options.Keys.Add(TestProfiles.Key("k1"));
        return options;
    }

    private static DomainVerificationOptions File(DomainVerificationOptions options)
    {
        options.Methods.Add(ProofMethod.HttpFile);
        return options;
    }

    private static DomainVerificationOptions Cname(DomainVerificationOptions options)
    {
        options.Methods.Add(ProofMethod.DnsCname);
        options.CnameZone = "verify.host.example";
        return options;
    }

    private static List<string> Failures(string name, DomainVerificationOptions options) =>
        [.. new DomainVerificationOptionsValidator().Validate(name, options).Failures ?? []];
}
