using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Options.Internal;
using DomainVerification.Email.Tests.Hosts;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Email.Tests.Options;

public sealed class EmailOptionsTests
{
    private static readonly EmailOptionsValidator Validator = new();

    [Fact]
    public void Defaults_need_the_hosts_own_records_and_nothing_else()
    {
        Assert.True(Validator.Validate(string.Empty, Valid()).Succeeded);

        var failures = Validator.Validate(string.Empty, new EmailIdentityOptions()).Failures!.ToList();

        Assert.Equal(2, failures.Count);
        Assert.Contains(failures, failure => failure.StartsWith("DomainVerification:Email:MailFromMx is ''", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("DomainVerification:Email:MailFromSpf is ''", StringComparison.Ordinal));
    }

    public static TheoryData<string, Action<EmailIdentityOptions>> Bad() => new()
    {
        { "Regions:0:Id", options => options.Regions.Add(new EmailRegion { Id = "US", Name = "US" }) },
        { "Regions:0:Id", options => options.Regions.Add(new EmailRegion { Id = "-us", Name = "US" }) },
        { "Regions:0:Id", options => options.Regions.Add(new EmailRegion { Id = new string('a', 25), Name = "US" }) },
        { "Regions:0:Name", options => options.Regions.Add(new EmailRegion { Id = "us", Name = " " }) },
        { "Regions:1:Id", options => Two(options, "us", "us") },
        { "UsedRegions:Count", options => options.UsedRegions = [.. Enumerable.Repeat("us-east-1", 9)] },
        { "Regions:Count", options => options.Regions = [.. Enumerable.Range(0, 17).Select(_ => EmailRegion.Default)] },
        { "UsedRegions:0", options => options.UsedRegions.Add("eu-west-1") },
        { "UsedRegions:1", options => options.UsedRegions = ["us-east-1", "us-east-1"] },
        { "Marketing:MailFromLabel", options => options.Marketing.MailFromLabel = "" },
        { "Marketing:MailFromLabel", options => options.Marketing.MailFromLabel = "a.b" },
        { "Transactional:SelectorPrefix", options => options.Transactional.SelectorPrefix = "_x" },
        { "Transactional:SelectorPrefix", options => options.Transactional.SelectorPrefix = new string('a', 17) },
        { "Marketing:TrackingTarget", options => options.Marketing.TrackingLabel = "click" },
        { "Marketing:TrackingTarget", options => options.Marketing.TrackingTarget = "t.mail.example" },
        { "Marketing:TrackingTarget", options => Track(options.Marketing, "click", "not a host") },
        { "Marketing:TrackingLabel", options => Track(options.Marketing, "Click", "t.mail.example") },
        { "DkimMode", options => options.DkimMode = (DkimMode)7 },
        { "DkimZone", options => options.DkimMode = DkimMode.Cname },
        { "DkimZone", options => options.DkimZone = "Dkim.Mail.Example" },
        { "DkimZone", options => options.DkimZone = string.Concat(Enumerable.Repeat("aaaaaaaaa.", 15)) + "example" },
        { "MailFromMx", options => options.MailFromMx = "10 mx.mail.example" },
        { "MailFromMx", options => options.MailFromMx = "192.0.2.1" },
        { "MailFromMx", options => LongRegion(options).MailFromMx = new string('b', 40) + "{region}.mail.example" },
        { "Marketing:TrackingTarget", options => Track(LongRegion(options).Marketing, "go", new string('b', 40) + "{region}.example") },
        { "Marketing:MailFromLabel", options => options.Marketing.MailFromLabel = "xn--zz" },
        { "Transactional:MailFromLabel", options => options.Transactional.MailFromLabel = "ab--cd" },
        { "MailFromPriority", options => options.MailFromPriority = -1 },
        { "MailFromPriority", options => options.MailFromPriority = 65536 },
        { "MailFromSpf", options => options.MailFromSpf = "include:spf.mail.example" },
        { "MailFromSpf", options => options.MailFromSpf = "v=spf1 ~all" },
        { "MailFromSpf", options => options.MailFromSpf = "v=spf1 ~all include:spf.mail.example" },
        { "MailFromSpf", options => options.MailFromSpf = "v=spf1 includes:spf.mail.example ~all" },
        { "MailFromSpf", options => options.MailFromSpf = "v=spf1 include:spf.mail.example ip4:192.0.2 ~all" },
        { "MailFromSpf", options => options.MailFromSpf = "v=spf1 include:ä.example ~all" },
        { "DmarcAdvice", options => options.DmarcAdvice = "p=none" },
        { "DmarcAdvice", options => options.DmarcAdvice = "v=DMARC1; p=maybe" },
        { "RotationOverlap", options => options.RotationOverlap = TimeSpan.FromMinutes(59) },
        { "RotationOverlap", options => options.RotationOverlap = TimeSpan.FromDays(91) },
        { "Checks:Start", options => options.Checks.Start = (RecheckStart)9 },
        { "Checks:FirstDelay", options => options.Checks.FirstDelay = TimeSpan.Zero },
        { "Checks:Growth", options => options.Checks.Growth = 1 },
        { "Checks:Growth", options => options.Checks.Growth = double.NaN },
        { "Checks:MaximumDelay", options => options.Checks.MaximumDelay = TimeSpan.FromSeconds(30) },
        { "Checks:VerifiedInterval", options => options.Checks.VerifiedInterval = TimeSpan.FromMinutes(1) },
        { "Checks:MissingInterval", options => options.Checks.MissingInterval = TimeSpan.FromSeconds(1) },
        { "Checks:FailAfter", options => options.Checks.FailAfter = TimeSpan.Zero },
        { "Checks:MissesUntilGone", options => options.Checks.MissesUntilGone = 0 },
        { "Checks:MissingUntilGone", options => options.Checks.MissingUntilGone = TimeSpan.FromSeconds(-1) },
        { "Checks:HitsUntilBack", options => options.Checks.HitsUntilBack = 101 },
        { "Transactional:MailFromLabel", options => options.Transactional.MailFromLabel = options.Marketing.MailFromLabel },
        { "Transactional:SelectorPrefix", options => options.Transactional.SelectorPrefix = options.Marketing.SelectorPrefix },
        { "Marketing:TrackingLabel", options => Track(options.Marketing, "news", "t.mail.example") },
        { "Transactional:MailFromLabel", options => Overlapping(options) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_option_is_named(string option, Action<EmailIdentityOptions> spoil)
    {
        var options = Valid();
        spoil(options);

        var result = Validator.Validate("sending", options);

        Assert.True(result.Failed);
        Assert.Contains(
            result.Failures!,
            failure => failure.StartsWith($"DomainVerification:Profiles:sending:Email:{option} is '", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_streams_and_regions_never_meet()
    {
        var label = Gen.Elements("a", "b", "a-b", "b-a", "a-b-a");
        var labels = label.ArrayOf(6).SelectMany(names => label.ArrayOf(3).Select(regions => (names, regions)));
        var accepted = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(labels.ToArbitrary(), drawn =>
            {
                var options = Valid();
                options.Marketing.MailFromLabel = drawn.names[0];
                options.Transactional.MailFromLabel = drawn.names[1];
                options.Marketing.SelectorPrefix = drawn.names[2];
                options.Transactional.SelectorPrefix = drawn.names[3];
                Track(options.Marketing, drawn.names[4], "t.mail.example");
                Track(options.Transactional, drawn.names[5], "t.mail.example");
                options.Regions = [.. drawn.regions.Distinct().Select(id => new EmailRegion { Id = id, Name = id })];
                options.UsedRegions = [.. options.Regions.Select(region => region.Id)];
                if (Validator.Validate(string.Empty, options).Failed)
                {
                    return;
                }

                accepted++;
                AssertDistinct(options);
                options.UsedRegions = [options.UsedRegions[0]];
                AssertDistinct(options);
            }));
        Assert.InRange(accepted, 10, 2000);
    }

    [Fact]
    public async Task Every_name_of_a_holding_in_two_regions_is_its_own()
    {
        await using var world = new EmailWorld(options =>
        {
            Two(options, "us-east-1", "eu-west-1");
            options.UsedRegions = ["us-east-1", "eu-west-1"];
            Track(options.Marketing, "click", "t.{region}.mail.example");
            Track(options.Transactional, "go", "t.{region}.mail.example");
        });
        var (_, reference, identities) = await world.SettleAsync();
        Assert.Equal(4, identities.Count);
        var records = identities.SelectMany(identity => identity.DnsRecords)
            .Where(record => record.Purpose != SendingRecordPurpose.Dmarc)
            .ToList();

        Assert.Equal(records.Count, records.DistinctBy(record => (record.Type, record.Name)).Count());
        Assert.Contains(records, record => record is { Name: "send-eu-west-1.acme.example", Value: "bounce.eu-west-1.mail.example" });
        Assert.Contains(records, record => record is { Name: "click-us-east-1.acme.example", Value: "t.us-east-1.mail.example" });

        world.Publish(identities);
        var verified = (await world.Identities.VerifyAsync(reference)).Identities;
        Assert.All(verified, identity => Assert.Equal(SendingStatus.Verified, identity.Status));
        Assert.All(verified, identity => Assert.True(identity.BrandedTracking));
    }

    private static void AssertDistinct(EmailIdentityOptions options)
    {
        var regions = IdentityNames.UsedRegions(options);
        List<string> names = [];
        List<string> selectors = [];
        foreach (var region in regions)
        {
            foreach (var stream in (EmailStreamOptions[])[options.Marketing, options.Transactional])
            {
                names.Add(IdentityNames.Label(stream.MailFromLabel, region.Id, regions.Count));
                names.Add(IdentityNames.Label(stream.TrackingLabel!, region.Id, regions.Count));
                selectors.Add(IdentityNames.NewSelector(stream, region.Id)[..^IdentityNames.RandomLength]);
            }
        }

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(selectors.Count, selectors.Distinct().Count());
    }

    private static EmailIdentityOptions Valid() => new() { MailFromMx = EmailWorld.Mx, MailFromSpf = EmailWorld.Spf };

    private static EmailIdentityOptions LongRegion(EmailIdentityOptions options)
    {
        options.Regions = [new EmailRegion { Id = new string('a', 24), Name = "A" }];
        return options;
    }

    private static void Two(EmailIdentityOptions options, string first, string second) =>
        options.Regions = [new EmailRegion { Id = first, Name = first }, new EmailRegion { Id = second, Name = second }];

    private static void Track(EmailStreamOptions stream, string label, string target)
    {
        stream.TrackingLabel = label;
        stream.TrackingTarget = target;
    }

    /// <summary>Two labels that lead to one name only with the region behind them.</summary>
    private static void Overlapping(EmailIdentityOptions options)
    {
        Two(options, "b", "a-b");
        options.Marketing.MailFromLabel = "x-a";
        options.Transactional.MailFromLabel = "x";
    }
}
