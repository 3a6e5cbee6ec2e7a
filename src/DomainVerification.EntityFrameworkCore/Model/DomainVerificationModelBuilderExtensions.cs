using DomainVerification.EntityFrameworkCore;
using DomainVerification.EntityFrameworkCore.Internal;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Puts the tables of DomainVerification into the model of a host's context.</summary>
public static class DomainVerificationModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of claims, audit events, work, domains, holdings and idempotent requests, so that the host's own migrations create
    /// them. Call it in <c>OnModelCreating</c>. Can be called any number of times; the last call decides the names.
    /// </summary>
    /// <param name="modelBuilder">The model of the host's context.</param>
    /// <param name="database">The <see cref="DbContext.Database"/> of the context: it says which database the tables are for.</param>
    /// <param name="configure">Where the tables lie.</param>
    /// <returns>The model.</returns>
    /// <exception cref="NotSupportedException">The database is neither SQLite nor PostgreSQL.</exception>
    /// <exception cref="ArgumentException">The schema or the prefix is not allowed.</exception>
    public static ModelBuilder AddDomainVerification(
        this ModelBuilder modelBuilder,
        DatabaseFacade database,
        Action<DomainVerificationModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ArgumentNullException.ThrowIfNull(database);
        var options = new DomainVerificationModelOptions();
        configure?.Invoke(options);
        new StoreModel(Engines.Of(database), options).Configure(modelBuilder);
        return modelBuilder;
    }
}
