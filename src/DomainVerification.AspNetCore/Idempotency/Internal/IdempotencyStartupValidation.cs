using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Makes all that keys need when the host starts, so that a forgotten line stops the start and not the first request.</summary>
internal sealed class IdempotencyStartupValidation(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<IdempotencyRunner>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
