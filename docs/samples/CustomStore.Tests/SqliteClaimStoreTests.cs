using DomainVerification;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CustomStore.Tests;

/// <summary>What no kit can know: how this store keeps its rows, and how a host gets it.</summary>
public sealed class SqliteClaimStoreTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Delete();

    [Fact]
    public async Task Registered_ByTheHost_KeepsClaimsAndRequests()
    {
        await using var services = await RegisterAsync(_database.Options);
        var claims = services.GetRequiredService<IDomainClaimManager>();

        var result = await claims.RequestAsync(new ClaimRequest("ann", "acme.com"));

        using var reopened = await _database.OpenAsync();
        Assert.NotNull(await reopened.FindAsync(result.RequireClaim().Id, CancellationToken.None));
        Assert.Same(services.GetRequiredService<IClaimStore>(), services.GetRequiredService<IIdempotencyStore>());
        Assert.Same(services.GetRequiredService<IClaimStore>(), services.GetRequiredService<IHoldingStore>());
    }

    [Fact]
    public async Task Find_BodyOfAnEarlierVersion_HasTheDefaultsOfWhatItLacks()
    {
        await using var services = await RegisterAsync(_database.Options);
        var request = await services.GetRequiredService<IDomainClaimManager>().RequestAsync(new ClaimRequest("ann", "acme.com"));
        await using var connection = new SqliteConnection(_database.Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE claims SET body = json_remove(body, '$.SpentTokens', '$.Identities', '$.Provisioning', '$.Transfer', '$.Health', '$.Properties')";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());

        var claim = await services.GetRequiredService<IClaimStore>().FindAsync(request.RequireClaim().Id, CancellationToken.None);

        Assert.Empty(claim!.SpentTokens);
        Assert.Empty(claim.Identities);
        Assert.Empty(claim.Provisioning);
        Assert.Empty(claim.Properties);
    }

    private static async Task<ServiceProvider> RegisterAsync(SqliteClaimStoreOptions options, CancellationToken cancellationToken = default)
    {
        var services = new ServiceCollection();
        await SqliteClaimStore.CreateTablesAsync(options, cancellationToken);
        services.AddSingleton(options);
        services.AddDomainVerification(verification => verification.Provider = "contoso").UseClaimStore<SqliteClaimStore>();
        return services.BuildServiceProvider();
    }
}
