using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DomainVerification.EntityFrameworkCore.Tests.Sqlite;

/// <summary>Lets a database file grow to so many pages and no further.</summary>
internal sealed class SmallDisk(int pages) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {pages}";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
