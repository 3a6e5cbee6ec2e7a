using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Options.Internal;

/// <summary>
/// Checks the names in a section of the configuration before it is bound. The binder passes over a name that it does not know, so that a
/// misspelt option would quietly keep its default.
/// </summary>
internal static class EmailSectionCheck
{
    private static readonly string[] Stream =
    [
        nameof(EmailStreamOptions.MailFromLabel),
        nameof(EmailStreamOptions.SelectorPrefix),
        nameof(EmailStreamOptions.TrackingLabel),
        nameof(EmailStreamOptions.TrackingTarget),
        nameof(EmailStreamOptions.OpenTracking),
        nameof(EmailStreamOptions.ClickTracking),
    ];

    private static readonly string[] Checks =
    [
        nameof(EmailCheckOptions.Start),
        nameof(EmailCheckOptions.FirstDelay),
        nameof(EmailCheckOptions.Growth),
        nameof(EmailCheckOptions.MaximumDelay),
        nameof(EmailCheckOptions.VerifiedInterval),
        nameof(EmailCheckOptions.MissingInterval),
        nameof(EmailCheckOptions.FailAfter),
        nameof(EmailCheckOptions.MissesUntilGone),
        nameof(EmailCheckOptions.MissingUntilGone),
        nameof(EmailCheckOptions.HitsUntilBack),
    ];

    private static readonly string[] Region = [nameof(EmailRegion.Id), nameof(EmailRegion.Name)];

    private static readonly string[] Values =
    [
        nameof(EmailIdentityOptions.DkimMode),
        nameof(EmailIdentityOptions.DkimZone),
        nameof(EmailIdentityOptions.MailFromMx),
        nameof(EmailIdentityOptions.MailFromPriority),
        nameof(EmailIdentityOptions.MailFromSpf),
        nameof(EmailIdentityOptions.DmarcAdvice),
        nameof(EmailIdentityOptions.RotationOverlap),
    ];

    private static readonly string[] Groups =
    [
        nameof(EmailIdentityOptions.Regions),
        nameof(EmailIdentityOptions.UsedRegions),
        nameof(EmailIdentityOptions.Marketing),
        nameof(EmailIdentityOptions.Transactional),
        nameof(EmailIdentityOptions.Checks),
    ];

    /// <exception cref="OptionsValidationException">The section has a name that is no option.</exception>
    public static void Run(IConfigurationSection section)
    {
        List<string> failures = [];
        Names(section, [.. Values, .. Groups], failures);
        Names(section.GetSection(nameof(EmailIdentityOptions.Marketing)), Stream, failures);
        Names(section.GetSection(nameof(EmailIdentityOptions.Transactional)), Stream, failures);
        Names(section.GetSection(nameof(EmailIdentityOptions.Checks)), Checks, failures);
        foreach (var region in section.GetSection(nameof(EmailIdentityOptions.Regions)).GetChildren())
        {
            Names(region, Region, failures);
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(section.Path, typeof(EmailIdentityOptions), failures);
        }
    }

    private static void Names(IConfigurationSection section, IReadOnlyCollection<string> known, List<string> failures) =>
        failures.AddRange(section.GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path} is no option. Known here are {string.Join(", ", known)}."));
}
