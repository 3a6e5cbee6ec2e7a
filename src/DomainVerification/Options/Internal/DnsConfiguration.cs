using DomainVerification.Dns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Binds the DNS client's options from the host's configuration.</summary>
internal sealed class DnsConfiguration(IServiceProvider services) : IConfigureOptions<DnsResolverOptions>
{
    public const string SectionName = DomainVerificationOptions.SectionName + ":Dns";

    public void Configure(DnsResolverOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(SectionName) is { } section)
        {
            SectionCheck.DnsSection(section);
            section.Bind(options);
        }
    }
}

/// <summary>Checks the DNS client's options.</summary>
internal sealed class DnsOptionsValidator : IValidateOptions<DnsResolverOptions>
{
    public ValidateOptionsResult Validate(string? name, DnsResolverOptions options)
    {
        var failures = options.Validate();
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => $"{DnsConfiguration.SectionName}:{failure}"));
    }
}
