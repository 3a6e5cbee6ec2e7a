using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>
/// Binds a profile from the host's configuration, where it has one. Registered before all else, so that what code sets wins.
/// </summary>
internal sealed class ProfileConfiguration(IServiceProvider services) : IConfigureNamedOptions<DomainVerificationOptions>
{
    public const string ProfilesSection = DomainVerificationOptions.SectionName + ":Profiles";

    public void Configure(string? name, DomainVerificationOptions options)
    {
        if (services.GetService<IConfiguration>() is not { } configuration)
        {
            return;
        }

        var isDefault = string.IsNullOrEmpty(name);
        var section = configuration.GetSection(isDefault ? DomainVerificationOptions.SectionName : $"{ProfilesSection}:{name}");
        if (isDefault)
        {
            SectionCheck.DefaultProfile(section);
        }
        else
        {
            SectionCheck.NamedProfile(section);
        }

        section.Bind(options);

        // The binder takes an empty list for one that is not set, which would be all provisioners and not none.
        if (section.GetSection(nameof(options.Provisioners)) is { Value: "" } provisioners && !provisioners.GetChildren().Any())
        {
            options.Provisioners = [];
        }
    }

    public void Configure(DomainVerificationOptions options) => Configure(string.Empty, options);
}

/// <summary>Binds the worker's options from the host's configuration.</summary>
internal sealed class WorkerConfiguration(IServiceProvider services) : IConfigureOptions<DomainVerificationWorkerOptions>
{
    public void Configure(DomainVerificationWorkerOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(DomainVerificationWorkerOptions.SectionName) is { } section)
        {
            SectionCheck.WorkerSection(section);
            section.Bind(options);
        }
    }
}
