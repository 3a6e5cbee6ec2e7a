using System.Globalization;
using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Hostile;

/// <summary>All that a host keeps, as text: every row of every table of a database, or all that the store in memory tells.</summary>
internal static class WholeStore
{
    /// <summary>The table of answers that are kept under their keys, which a request with a key writes whatever comes of it.</summary>
    private const string Kept = "idempotency";

    /// <summary>Reads it all.</summary>
    /// <param name="host">The host.</param>
    /// <param name="withKept">Whether what is kept under keys counts.</param>
    public static async Task<string> ReadAsync(WebHost host, bool withKept)
    {
        var lines = host.Services.GetService<IDbContextFactory<DomainVerificationDbContext>>() is { } factory
            ? await RowsAsync(factory, withKept)
            : await ClaimsAsync(host.Store);
        return string.Join('\n', lines);
    }

    /// <summary>How many rows there are of what is kept under keys.</summary>
    public static async Task<int> CountKeptAsync(WebHost host) =>
        (await RowsAsync(host.Services.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>(), withKept: true))
            .Count(line => IsKept(line.Split('|')[0]));

    private static async Task<List<string>> RowsAsync(IDbContextFactory<DomainVerificationDbContext> factory, bool withKept)
    {
        await using var context = await factory.CreateDbContextAsync();
        await using var connection = context.Database.GetDbConnection();
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var names = connection.CreateCommand())
        {
            names.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
            await using var reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        Assert.Contains(tables, IsKept);
        var lines = new List<string>();
        foreach (var table in tables.Where(table => withKept || !IsKept(table)))
        {
            await using var rows = connection.CreateCommand();
            rows.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)
                    .Select(value => value as byte[] is { } bytes
                        ? Convert.ToHexString(bytes)
                        : Convert.ToString(value, CultureInfo.InvariantCulture));
                lines.Add($"{table}|{string.Join('|', values)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task<List<string>> ClaimsAsync(IClaimStore store)
    {
        var lines = new List<string>();
        var page = await store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        foreach (var claim in page.Claims)
        {
            var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, default);
            lines.Add($"{claim} {claim.Challenge} {claim.Transfer} {claim.LastCheck} holder {holding.Holder?.Id} epoch {holding.Epoch}");
            lines.AddRange((await store.ListEventsAsync(claim.Id, default)).Select(entry => entry.ToString()));
        }

        lines.AddRange((await store.ListWorkAsync(new WorkQuery(), default)).Work.Select(work => work.ToString()));
        return lines;
    }

    private static bool IsKept(string table) => table.Contains(Kept, StringComparison.OrdinalIgnoreCase);
}
