using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Binds the limits of checks from the host's configuration.</summary>
internal sealed class CheckLimitConfiguration(IServiceProvider services) : IConfigureOptions<CheckLimitOptions>
{
    public void Configure(CheckLimitOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(CheckLimitOptions.SectionName) is { } section)
        {
            SectionCheck.CheckLimitsSection(section);
            section.Bind(options);
        }
    }
}

/// <summary>Checks the limits of checks.</summary>
internal sealed class CheckLimitOptionsValidator : IValidateOptions<CheckLimitOptions>
{
    private const int Most = 100_000;

    public ValidateOptionsResult Validate(string? name, CheckLimitOptions options)
    {
        var rules = new OptionRules($"{CheckLimitOptions.SectionName}:");
        rules.Range(nameof(options.PerDomain), options.PerDomain, 0, Most);
        rules.Range(nameof(options.PerOwner), options.PerOwner, 0, Most);
        rules.Range(nameof(options.Total), options.Total, 0, Most);
        rules.Range(nameof(options.Window), options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }
}
