using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Tests.Model;

/// <summary>The scripts in <c>docs/ddl</c> make the tables that the model says. Set the variable to accept a change of the model.</summary>
public sealed class DdlTests
{
    private const string AcceptVariable = "DOMAINVERIFICATION_ACCEPT_DDL";

    [Theory]
    [InlineData("sqlite.sql")]
    [InlineData("postgresql.sql")]
    public async Task Script_IsWhatTheModelCreates(string file)
    {
        var options = new DbContextOptionsBuilder<DomainVerificationDbContext>();
        _ = file == "sqlite.sql" ? options.UseSqlite("Data Source=:memory:") : options.UseNpgsql("Host=localhost");
        await using var context = new DomainVerificationDbContext(options.Options);
        var script = context.Database.GenerateCreateScript().ReplaceLineEndings("\n").Trim() + "\n";
        var path = Path.Combine(RepositoryFiles.Root, "docs", "ddl", file);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            await File.WriteAllTextAsync(path, script);
        }

        Assert.Equal(script, await File.ReadAllTextAsync(path));
    }
}
