using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>Looks at the context's model when the host starts, so that a forgotten line shows before the first claim. Asks no database.</summary>
internal sealed class StoreStartupValidation<TContext>(IServiceScopeFactory scopes) : IHostedService
    where TContext : DbContext
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        StoreTables.Of(scope.ServiceProvider.GetRequiredService<TContext>());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
