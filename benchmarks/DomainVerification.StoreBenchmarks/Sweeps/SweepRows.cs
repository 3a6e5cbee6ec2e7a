using DomainVerification.StoreBenchmarks.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>Fills the tables with claims that are due at once, each about a domain and a record of its own.</summary>
internal static class SweepRows
{
    private const string Claims = "domain_verification_claims";
    private const string Due = "domain_verification_due";

    private const string Columns =
        "profile, status, is_live, is_holding, is_exclusive, generation, epoch, version, created_at, modified_at, due_at";

    public static async Task LoadAsync(BenchmarkDatabase database, SweepTemplate template, int count)
    {
        await database.ExecuteAsync($"DELETE FROM {Claims}", $"DELETE FROM {Due}");
        var claim = template.Claim with { DueAt = TimeProvider.System.GetUtcNow().AddDays(-1) };
        await database.CreateHost().GetRequiredService<IClaimStore>().CommitAsync(new ClaimCommit { Claims = [claim] }, CancellationToken.None);
        await database.ExecuteAsync(
            $"WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count}) "
            + $"INSERT INTO {Claims} (id, owner, domain, {Columns}, data) "
            + $"SELECT {database.IdOfNumber}, 'tenant-' || (i % 1000), 'd' || i || '.{Nsd.Apex}', {Columns}, "
            + $"replace(data, '{SweepTemplate.Domain}', 'd' || i || '.{Nsd.Apex}') "
            + $"FROM numbers CROSS JOIN (SELECT * FROM {Claims} LIMIT 1) AS t",
            $"DELETE FROM {Claims} WHERE domain = '{SweepTemplate.Domain}'",
            $"DELETE FROM {Due}",
            $"INSERT INTO {Due} (claim_id, waits_since) SELECT id, due_at FROM {Claims}");
        await database.ExecuteAsync(database.Maintenance);
    }

    /// <summary>How many claims were not looked at, or not with the outcome that they should have.</summary>
    public static Task<long> LeftAsync(BenchmarkDatabase database, SweepTemplate template) => database.CountAsync(
        $"SELECT count(*) FROM {Claims} WHERE version <> 2 OR data NOT LIKE "
        + $"'%\"lastCheck\":%\"outcome\":\"{(template.IsPublished ? ProofOutcome.Proved : ProofOutcome.NotProved)}\"%'");
}
