using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Plans.Spf.Internal;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Options.Internal;

/// <summary>Checks the options of a profile, and that no two names which they lead to can be the same.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailIdentityOptions>
{
    private const int MaximumRegions = 16;
    private const int MaximumUsed = 8;
    private const int MaximumZone = 150;
    private const int MaximumText = 400;
    private const int MaximumRegion = 24;
    private const int MaximumName = 100;
    private const int MaximumLabel = 30;
    private const int MaximumPrefix = 16;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, EmailIdentityOptions options)
    {
        var rules = new EmailOptionRules(EmailOptionsConfiguration.SectionOf(name ?? string.Empty));
        CheckRegions(rules, options);
        CheckStream(rules, options, nameof(options.Marketing), options.Marketing);
        CheckStream(rules, options, nameof(options.Transactional), options.Transactional);
        CheckRecords(rules, options);
        CheckTimes(rules, options);
        if (rules.Failures.Count == 0)
        {
            CheckNames(rules, options);
        }

        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }

    private static void CheckRegions(EmailOptionRules rules, EmailIdentityOptions options)
    {
        rules.Range("Regions:Count", options.Regions.Count, 0, MaximumRegions);
        for (var i = 0; i < options.Regions.Count; i++)
        {
            var region = options.Regions[i];
            rules.Label($"Regions:{i}:Id", region.Id, MaximumRegion);
            rules.Require(
                $"Regions:{i}:Name",
                region.Name,
                !string.IsNullOrWhiteSpace(region.Name) && region.Name.Length <= MaximumName,
                $"must be 1 to {MaximumName} characters");
            rules.Require($"Regions:{i}:Id", region.Id, options.Regions.Count(other => other.Id == region.Id) == 1, "must be there once");
        }

        // All identities of a holding, with all that their looks saw, are one text of limited length.
        rules.Range("UsedRegions:Count", options.UsedRegions.Count, 0, MaximumUsed);
        var known = IdentityNames.Regions(options).Select(region => region.Id).ToList();
        for (var i = 0; i < options.UsedRegions.Count; i++)
        {
            var id = options.UsedRegions[i];
            rules.Require($"UsedRegions:{i}", id, known.Contains(id), $"must be one of {string.Join(", ", known)}");
            rules.Require($"UsedRegions:{i}", id, options.UsedRegions.Count(other => other == id) == 1, "must be there once");
        }
    }

    private static void CheckStream(EmailOptionRules rules, EmailIdentityOptions options, string section, EmailStreamOptions stream)
    {
        rules.Label($"{section}:MailFromLabel", stream.MailFromLabel, MaximumLabel);
        rules.Label($"{section}:SelectorPrefix", stream.SelectorPrefix, MaximumPrefix);
        if (stream.TrackingLabel is not null)
        {
            rules.Label($"{section}:TrackingLabel", stream.TrackingLabel, MaximumLabel);
        }

        if (stream.TrackingTarget is not null)
        {
            rules.Require(
                $"{section}:TrackingTarget",
                stream.TrackingTarget,
                IsHost(options, stream.TrackingTarget),
                "must be a host name, in every region");
        }

        rules.Require(
            $"{section}:TrackingTarget",
            stream.TrackingTarget,
            stream.TrackingLabel is null == stream.TrackingTarget is null,
            "must be set together with TrackingLabel");
    }

    private static void CheckRecords(EmailOptionRules rules, EmailIdentityOptions options)
    {
        rules.Defined("DkimMode", options.DkimMode);
        if (options.DkimMode == DkimMode.Cname || options.DkimZone is not null)
        {
            rules.Require(
                "DkimZone",
                options.DkimZone,
                options.DkimZone is { Length: <= MaximumZone } zone && IsDomain(zone),
                $"must be a domain name of at most {MaximumZone} characters, in lower case, where DkimMode is Cname");
        }

        rules.Require(
            "MailFromMx",
            options.MailFromMx,
            IsHost(options, options.MailFromMx),
            "must be the name of the host that takes bounces, in every region");
        rules.Range("MailFromPriority", options.MailFromPriority, ushort.MinValue, ushort.MaxValue);
        rules.Require(
            "MailFromSpf",
            options.MailFromSpf,
            options.MailFromSpf is { } spf && IsText(spf) && InRegions(options, spf).All(IsSender),
            "must be an SPF record (RFC 7208) with a mechanism, such as 'v=spf1 include:spf.mail.example ~all'");
        rules.Require(
            "DmarcAdvice",
            options.DmarcAdvice,
            options.DmarcAdvice is null || (IsText(options.DmarcAdvice) && RecordJudge.IsDmarc(options.DmarcAdvice)),
            "must be a DMARC record with a policy, such as 'v=DMARC1; p=none;', or null");
    }

    private static void CheckTimes(EmailOptionRules rules, EmailIdentityOptions options)
    {
        var checks = options.Checks;
        rules.Range("RotationOverlap", options.RotationOverlap, Hour, TimeSpan.FromDays(90));
        rules.Defined("Checks:Start", checks.Start);
        rules.Range("Checks:FirstDelay", checks.FirstDelay, Second, Day);
        rules.Range("Checks:Growth", checks.Growth, 1.1, 10.0);
        rules.Range("Checks:MaximumDelay", checks.MaximumDelay, checks.FirstDelay, Day);
        rules.Range("Checks:VerifiedInterval", checks.VerifiedInterval, Hour, Month);
        rules.Range("Checks:MissingInterval", checks.MissingInterval, Minute, Day);
        rules.Range("Checks:FailAfter", checks.FailAfter, Hour, Month);
        rules.Range("Checks:MissesUntilGone", checks.MissesUntilGone, 1, 100);
        rules.Range("Checks:MissingUntilGone", checks.MissingUntilGone, TimeSpan.Zero, Month);
        rules.Range("Checks:HitsUntilBack", checks.HitsUntilBack, 1, 100);
    }

    /// <summary>
    /// Compares the names for all regions, not only those that are used now: a region that is used later must not collide with what is
    /// published already.
    /// </summary>
    private static void CheckNames(EmailOptionRules rules, EmailIdentityOptions options)
    {
        List<(string Option, string Name)> names = [];
        List<(string Option, string Name)> selectors = [];
        EmailStreamOptions[] streams = [options.Marketing, options.Transactional];
        string[] sections = [nameof(options.Marketing), nameof(options.Transactional)];
        for (var i = 0; i < streams.Length; i++)
        {
            foreach (var region in IdentityNames.Regions(options))
            {
                selectors.Add(($"{sections[i]}:SelectorPrefix", IdentityNames.SelectorStart(streams[i], region.Id)));
                names.Add(($"{sections[i]}:MailFromLabel", IdentityNames.Label(streams[i].MailFromLabel, region.Id, regions: 2)));
                AddTracking(names, sections[i], streams[i], region.Id);
            }

            names.Add(($"{sections[i]}:MailFromLabel", streams[i].MailFromLabel));
            if (streams[i].TrackingLabel is { } tracking)
            {
                names.Add(($"{sections[i]}:TrackingLabel", tracking));
            }
        }

        foreach (var same in names.GroupBy(entry => entry.Name).Concat(selectors.GroupBy(entry => entry.Name)))
        {
            rules.Require(
                same.Last().Option,
                same.Key,
                same.Count() == 1,
                $"must lead to other names than {same.First().Option}, in every region");
        }
    }

    private static void AddTracking(List<(string, string)> names, string section, EmailStreamOptions stream, string region)
    {
        if (stream.TrackingLabel is { } label)
        {
            names.Add(($"{section}:TrackingLabel", IdentityNames.Label(label, region, regions: 2)));
        }
    }

    private static bool IsHost(EmailIdentityOptions options, string? format) =>
        format is not null && InRegions(options, format).All(IsDomain);

    private static bool IsSender(string text) =>
        SpfParser.TryParse(text, out var record, out _)
        && (record.Redirect is not null || record.Tried.Any(term => term.Kind != SpfTermKind.All));

    /// <summary>What a format comes to in each region: a long region may make a name too long.</summary>
    private static IEnumerable<string> InRegions(EmailIdentityOptions options, string format) =>
        IdentityNames.Regions(options).Select(region => IdentityNames.InRegion(format, region.Id));

    private static bool IsDomain(string text) => DomainName.TryParse(text, out var name) && name.Value == text;

    private static bool IsText(string text) => text.Length <= MaximumText && text.All(letter => letter is >= ' ' and <= '~');
}
