using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>A context of a host: its own table, and the tables of the SDK under names of its choice.</summary>
public sealed class HostContext(DbContextOptions<HostContext> options) : DbContext(options)
{
    public DbSet<Invoice> Invoices => Set<Invoice>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.AddDomainVerification(Database, tables => tables.TablePrefix = "dv_");
}

/// <summary>Something of the host's own.</summary>
public sealed class Invoice
{
    public int Id { get; set; }

    public string Domain { get; set; } = string.Empty;
}
