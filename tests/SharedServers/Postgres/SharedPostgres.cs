namespace DomainVerification.Tests.Servers;

/// <summary>
/// One server for all tests of an assembly that want a database each and no restart. It starts with the first that asks and ends with the
/// process. It does not wait for the disk.
/// </summary>
internal static class SharedPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync(durable: false));

    /// <summary>The connection string of a fresh database. See <see cref="PostgresServer.CreateDatabaseAsync"/>.</summary>
    internal static async Task<string> CreateDatabaseAsync(string? template = null, CancellationToken cancellationToken = default) =>
        await (await Server.Value).CreateDatabaseAsync(template, cancellationToken);
}
