using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Options.Internal;

/// <summary>
/// Binds the options of a profile from the host's configuration: what holds for all profiles, then the profile's own. Registered before all
/// else, so that what code sets wins.
/// </summary>
internal sealed class EmailOptionsConfiguration(IServiceProvider services) : IConfigureNamedOptions<EmailIdentityOptions>
{
    public const string ProfilesSection = DomainVerificationOptions.SectionName + ":Profiles";

    public static string SectionOf(string profile) =>
        profile.Length == 0 ? EmailIdentityOptions.SectionName : $"{ProfilesSection}:{profile}:Email";

    public void Configure(string? name, EmailIdentityOptions options)
    {
        if (services.GetService<IConfiguration>() is not { } configuration)
        {
            return;
        }

        Bind(configuration.GetSection(EmailIdentityOptions.SectionName), options);
        if (!string.IsNullOrEmpty(name))
        {
            Bind(configuration.GetSection(SectionOf(name)), options);
        }
    }

    public void Configure(EmailIdentityOptions options) => Configure(string.Empty, options);

    private static void Bind(IConfigurationSection section, EmailIdentityOptions options)
    {
        EmailSectionCheck.Run(section);

        // The binder adds to a list; a profile's own list stands instead of the common one.
        if (section.GetSection(nameof(options.Regions)).GetChildren().Any())
        {
            options.Regions.Clear();
        }

        if (section.GetSection(nameof(options.UsedRegions)).GetChildren().Any())
        {
            options.UsedRegions.Clear();
        }

        section.Bind(options);
    }
}
