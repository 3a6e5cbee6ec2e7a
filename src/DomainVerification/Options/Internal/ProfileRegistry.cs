using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>A profile that code added.</summary>
internal sealed record ProfileName(string Name);

/// <summary>Knows which profiles there are: the default one, those added in code, and those in configuration.</summary>
internal sealed class ProfileRegistry
{
    private readonly IOptionsMonitor<DomainVerificationOptions> _options;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { string.Empty };

    public ProfileRegistry(
        IOptionsMonitor<DomainVerificationOptions> options,
        IEnumerable<ProfileName> added,
        IServiceProvider services)
    {
        _options = options;
        _names.UnionWith(added.Select(profile => profile.Name));
        var section = services.GetService<IConfiguration>()?.GetSection(ProfileConfiguration.ProfilesSection);
        _names.UnionWith(section?.GetChildren().Select(child => child.Key) ?? []);
        ThrowIfAlike(_names);
    }

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The rules of a profile; <see langword="null"/> where there is none of that name.</summary>
    public DomainVerificationOptions? Find(string name) => _names.Contains(name) ? _options.Get(name) : null;

    public static DomainVerificationError Unknown(string name) => new(
        DomainVerificationErrorCodes.ProfileUnknown,
        $"There is no profile named '{name}'. Add it with AddProfile, or under {ProfileConfiguration.ProfilesSection}.");

    /// <summary>Profiles are told apart by case, configuration keys are not: both names would be bound from one section.</summary>
    private static void ThrowIfAlike(IEnumerable<string> names)
    {
        var alike = names
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"'{string.Join("' and '", group.Order(StringComparer.Ordinal))}' differ only in case")
            .ToList();
        if (alike.Count > 0)
        {
            throw new OptionsValidationException(
                ProfileConfiguration.ProfilesSection,
                typeof(DomainVerificationOptions),
                [$"{ProfileConfiguration.ProfilesSection}: the names {string.Join(", ", alike)}. Write them alike in code and configuration."]);
        }
    }
}
