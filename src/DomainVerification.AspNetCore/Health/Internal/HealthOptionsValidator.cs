using DomainVerification.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Refuses a check that could never say anything sound.</summary>
internal sealed class HealthOptionsValidator(IServiceProviderIsService services) : IValidateOptions<DomainVerificationHealthOptions>
{
    private const int MostDeadLetters = WorkQuery.MaximumPageSize - 1;

    public ValidateOptionsResult Validate(string? name, DomainVerificationHealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new ValidateOptionsResultBuilder();
        if (!services.IsService(typeof(IClaimStore)))
        {
            builder.AddError("Call services.AddDomainVerification() too: there is nothing to look at.");
        }

        if (options.Parts == DomainVerificationHealthParts.None || (options.Parts & ~DomainVerificationHealthParts.All) != 0)
        {
            builder.AddError("It must name at least one part, and none that is not defined.", nameof(options.Parts));
        }

        if (!DnsName.TryParse(options.ResolverQuestion, out _))
        {
            builder.AddError("It must be a DNS name in ASCII, or a dot for the root.", nameof(options.ResolverQuestion));
        }

        if (options.MaximumDeadLetters is < 0 or > MostDeadLetters)
        {
            builder.AddError($"It must be from 0 to {MostDeadLetters}.", nameof(options.MaximumDeadLetters));
        }

        Require(options.PartTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.PartTimeout));
        Require(options.MaximumOverdue, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(options.MaximumOverdue));
        Require(
            options.MaximumSuffixListAge, TimeSpan.FromDays(1), TimeSpan.FromDays(3650), nameof(options.MaximumSuffixListAge));
        return builder.Build();

        void Require(TimeSpan value, TimeSpan shortest, TimeSpan longest, string option)
        {
            if (value < shortest || value > longest)
            {
                builder.AddError($"It must be from {shortest:c} to {longest:c}.", option);
            }
        }
    }
}
