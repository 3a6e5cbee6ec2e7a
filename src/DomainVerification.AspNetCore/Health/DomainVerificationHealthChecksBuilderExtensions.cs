using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Health.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DomainVerification to the health checks of a host.</summary>
public static class DomainVerificationHealthChecksBuilderExtensions
{
    private const string DefaultName = "domainverification";

    /// <summary>
    /// Adds a check of what domain verification stands on: the claim store, the DNS servers, the public suffix list, the outbox and its
    /// dead letters. It throws nothing but the cancellation of its caller, and its report has codes, counts and ages and nothing secret. Can be
    /// called again under another name, for example to let readiness depend on the store alone.
    /// </summary>
    /// <param name="builder">The health checks of the host.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">
    /// The status that a failure is reported with, <see cref="HealthStatus.Unhealthy"/> where it is <see langword="null"/>. What only needs
    /// somebody's attention is <see cref="HealthStatus.Degraded"/> in any case: see <see cref="DomainVerificationHealthCodes"/>.
    /// </param>
    /// <param name="tags">The tags by which endpoints choose checks.</param>
    /// <param name="timeout">
    /// A limit for the check as a whole, kept by the platform; each part has
    /// <see cref="DomainVerificationHealthOptions.PartTimeout"/> anyway.
    /// </param>
    /// <param name="configure">Sets the options of this check. The host does not start with options out of their ranges.</param>
    public static IHealthChecksBuilder AddDomainVerification(
        this IHealthChecksBuilder builder,
        string name = DefaultName,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null,
        Action<DomainVerificationHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DomainVerificationHealthOptions>, HealthOptionsValidator>());
        services.AddOptions<DomainVerificationHealthOptions>(name).Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<HealthPart, StorePart>(),
            ServiceDescriptor.Singleton<HealthPart, ResolversPart>(),
            ServiceDescriptor.Singleton<HealthPart, SuffixListPart>(),
            ServiceDescriptor.Singleton<HealthPart, OutboxPart>(),
            ServiceDescriptor.Singleton<HealthPart, DeadLettersPart>(),
        ]);
        services.TryAddKeyedSingleton<DomainVerificationHealthCheck>(name);
        return builder.Add(new HealthCheckRegistration(
            name, provider => provider.GetRequiredKeyedService<DomainVerificationHealthCheck>(name), failureStatus, tags, timeout));
    }
}
