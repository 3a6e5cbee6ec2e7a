using DomainVerification.StoreBenchmarks.Commits;
using DomainVerification.StoreBenchmarks.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Leases;

/// <summary>Fills the tables with claims and work that are due, each about a domain of its own.</summary>
internal static class DueRows
{
    private const string Claims = "domain_verification_claims";
    private const string Due = "domain_verification_due";
    private const string Work = "domain_verification_work";

    private const string ClaimColumns =
        "profile, status, is_live, is_holding, is_exclusive, generation, epoch, version, due_at, created_at, modified_at, data";

    private const string WorkColumns =
        "number, kind, claim_id, profile, epoch, target, claim_version, identities, created_at, due_at, attempts, last_error, dead_at, "
        + "leased_until, waits_since";

    /// <summary>Copies one row that the store itself wrote, with names and identifiers of its own for each copy.</summary>
    public static async Task LoadAsync(BenchmarkDatabase database, int count)
    {
        var recorded = await RecordedCommits.RecordAsync();
        var store = database.CreateHost().GetRequiredService<IClaimStore>();
        var past = TimeProvider.System.GetUtcNow().AddDays(-1);
        var claim = recorded.Check.Claims[0] with { Version = 1, DueAt = past };
        await store.CommitAsync(new ClaimCommit { Claims = [claim] }, CancellationToken.None);
        var work = recorded.Takeover.Work[0] with { CreatedAt = past, DueAt = past };
        await store.CommitAsync(new ClaimCommit { Work = [work] }, CancellationToken.None);
        await database.ExecuteAsync(
            Copy(database, Claims, ClaimColumns, count),
            $"DELETE FROM {Due}",
            $"INSERT INTO {Due} (claim_id, waits_since) SELECT id, due_at FROM {Claims}",
            Copy(database, Work, WorkColumns, count));
        await database.ExecuteAsync(database.Maintenance);
    }

    private static string Copy(BenchmarkDatabase database, string table, string columns, int count) =>
        $"WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count}) "
        + $"INSERT INTO {table} (id, owner, domain, {columns}) "
        + $"SELECT {database.IdOfNumber}, 'tenant-' || (i % 1000), 'domain-' || i || '.example', {columns} "
        + $"FROM numbers CROSS JOIN (SELECT * FROM {table} LIMIT 1) AS t";
}
