using DomainVerification.EntityFrameworkCore.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.EntityFrameworkCore;

/// <summary>Keeps claims in a database through EF Core.</summary>
public static class DomainVerificationStoreBuilderExtensions
{
    /// <summary>
    /// Keeps claims, audit trail, outbox, idempotent requests and what provisioners keep (<see cref="IHoldingStore"/>) in the database of a
    /// context of the host, which must be registered, and whose model must have the tables: see
    /// <see cref="DomainVerificationModelBuilderExtensions.AddDomainVerification"/>; the host does not start otherwise. A pooled context
    /// (<c>AddDbContextPool</c>, <c>AddPooledDbContextFactory</c>) is the fastest. Can be called any number of times.
    /// </summary>
    /// <typeparam name="TContext">The context, on SQLite or PostgreSQL.</typeparam>
    /// <param name="builder">The builder of the SDK.</param>
    public static DomainVerificationBuilder UseEntityFrameworkCoreStore<TContext>(this DomainVerificationBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseClaimStore<EntityFrameworkCoreClaimStore<TContext>>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreStartupValidation<TContext>>());
        return builder;
    }

    /// <summary>
    /// Keeps everything in a database of its own, or in tables beside the host's, through the ready
    /// <see cref="DomainVerificationDbContext"/>. The host creates the tables: with <c>Database.EnsureCreatedAsync</c>, with migrations of
    /// that context, or with the scripts of <c>docs/ddl</c>.
    /// </summary>
    /// <param name="builder">The builder of the SDK.</param>
    /// <param name="configure">Chooses the database: <c>options => options.UseNpgsql(…)</c> or <c>UseSqlite(…)</c>.</param>
    public static DomainVerificationBuilder UseEntityFrameworkCoreStore(
        this DomainVerificationBuilder builder,
        Action<DbContextOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddPooledDbContextFactory<DomainVerificationDbContext>(configure);
        return builder.UseEntityFrameworkCoreStore<DomainVerificationDbContext>();
    }
}
