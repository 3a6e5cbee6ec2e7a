using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Binds the options of the file checks from the host's configuration.</summary>
internal sealed class HttpConfiguration(IServiceProvider services) : IConfigureOptions<HttpFileProofOptions>
{
    public void Configure(HttpFileProofOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(HttpFileProofOptions.SectionName) is { } section)
        {
            SectionCheck.HttpSection(section);
            section.Bind(options);
        }
    }
}

/// <summary>Checks the options of the file checks.</summary>
internal sealed class HttpFileProofOptionsValidator : IValidateOptions<HttpFileProofOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public ValidateOptionsResult Validate(string? name, HttpFileProofOptions options)
    {
        var rules = new OptionRules($"{HttpFileProofOptions.SectionName}:");
        rules.Range(nameof(options.ConnectTimeout), options.ConnectTimeout, Shortest, TimeSpan.FromMinutes(1));
        rules.Range(nameof(options.Deadline), options.Deadline, Shortest, TimeSpan.FromMinutes(2));
        rules.Range(nameof(options.Retries), options.Retries, 0, 3);
        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }
}
