using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace DomainVerification.EntityFrameworkCore.Tests.Model;

/// <summary>Where the tables lie.</summary>
public sealed class ModelOptionsTests
{
    [Fact]
    public void Schema_PostgreSql_IsThatOfAllTables()
    {
        using var context = new ShapedContext(options => options.UseNpgsql("Host=localhost"), tables =>
        {
            tables.Schema = "claims";
            tables.TablePrefix = string.Empty;
        });

        Assert.Equal(
            ["claims.claims", "claims.domains", "claims.due", "claims.events", "claims.holdings", "claims.idempotency", "claims.work"],
            context.Model.GetEntityTypes().Select(entity => entity.GetSchemaQualifiedTableName()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_Sqlite_IsRefused()
    {
        using var context = new ShapedContext(options => options.UseSqlite("Data Source=:memory:"), tables => tables.Schema = "claims");

        Assert.StartsWith("SQLite has no schemas. Use TablePrefix.", Assert.Throws<ArgumentException>(() => context.Model).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("quo\"te")]
    [InlineData("é_")]
    [InlineData("a23456789_123456789_123456789_123")]
    public void TablePrefix_NotAllowed_IsRefused(string prefix)
    {
        using var context = new ShapedContext(options => options.UseSqlite("Data Source=:memory:"), tables => tables.TablePrefix = prefix);

        Assert.Throws<ArgumentException>(() => context.Model);
    }

    [Fact]
    public void Database_Unknown_IsRefusedByName()
    {
        using var context = new DbContext(new DbContextOptionsBuilder().Options);

        var error = Assert.Throws<NotSupportedException>(() => new ModelBuilder().AddDomainVerification(new OtherDatabase(context)));

        Assert.Contains("'Other.Provider'", error.Message, StringComparison.Ordinal);
    }

    private sealed class OtherDatabase(DbContext context) : DatabaseFacade(context)
    {
        public override string ProviderName => "Other.Provider";
    }

    /// <summary>A context of its own model for each instance.</summary>
    private sealed class ShapedContext(Action<DbContextOptionsBuilder> configure, Action<DomainVerificationModelOptions> shape) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
        {
            configure(optionsBuilder);
            optionsBuilder.EnableServiceProviderCaching(false);
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddDomainVerification(Database, shape);
    }
}
