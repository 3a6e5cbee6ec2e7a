using Microsoft.Extensions.Hosting;

namespace DomainVerification.Options.Internal;

/// <summary>Reads every profile when the host starts, so that a bad option stops the start and not a customer's first request.</summary>
internal sealed class ProfileStartupValidation(ProfileRegistry profiles) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var name in profiles.Names)
        {
            _ = profiles.Find(name);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
