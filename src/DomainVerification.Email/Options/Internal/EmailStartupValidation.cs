using DomainVerification.Email.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Options.Internal;

/// <summary>A profile whose e-mail options code sets.</summary>
internal sealed record EmailProfile(string Name);

/// <summary>
/// Looks at everything that identities need when the host starts, so that a forgotten line stops the start and not the first claim.
/// </summary>
internal sealed class EmailStartupValidation(
    IServiceProvider services,
    IOptionsMonitor<EmailIdentityOptions> options,
    IEnumerable<EmailProfile> added,
    IClaimStore claims,
    IHoldingStore holdings,
    ILogger<EmailStartupValidation> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<IKeyProtector>();
        if (holdings is InMemoryClaimStore && claims is not InMemoryClaimStore)
        {
            EmailDiagnostics.Log.KeysInMemory(logger, claims.GetType().Name);
        }

        var section = services.GetService<IConfiguration>()?.GetSection(EmailOptionsConfiguration.ProfilesSection);
        var configured = section?.GetChildren().Select(child => child.Key) ?? [];
        var names = configured.Concat(added.Select(profile => profile.Name)).Prepend(string.Empty);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            _ = options.Get(name);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
