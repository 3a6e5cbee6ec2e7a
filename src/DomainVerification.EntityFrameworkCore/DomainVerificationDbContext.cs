using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore;

/// <summary>
/// A context that holds the tables of DomainVerification and nothing else, for hosts that have no context of their own. Others put the
/// tables into theirs with <see cref="DomainVerificationModelBuilderExtensions.AddDomainVerification"/>.
/// </summary>
/// <param name="options">The options of the context.</param>
public sealed class DomainVerificationDbContext(DbContextOptions<DomainVerificationDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddDomainVerification(Database);
}
