using System.Text.RegularExpressions;
using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Leases;

/// <summary>
/// A lease reads the rows that it takes and no others, however many are due: it follows the index of the rows that wait, in its order. The
/// statements are those that the store sends, and the tables are large enough for another way to be a choice.
/// </summary>
public sealed class LeasePlanTests
{
    private const int Rows = 5000;
    private const string Claims = "domain_verification_claims";
    private const string Due = "domain_verification_due";
    private const string Work = "domain_verification_work";
    private const string Holdings = "domain_verification_holdings";

    private const string ClaimColumns =
        "profile, status, is_live, is_holding, is_exclusive, generation, epoch, version, due_at, created_at, modified_at, data";

    private const string WorkColumns = "number, kind, claim_id, profile, epoch, target, claim_version, created_at, due_at, attempts, waits_since";

    [Theory]
    [InlineData(Claims, "domain_verification_due_waiting")]
    [InlineData(Work, "domain_verification_work_due")]
    [InlineData(Holdings, "domain_verification_holdings_waiting")]
    public async Task Lease_SqliteWithManyRows_FollowsTheIndexOfDueRows(string table, string index)
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        await FillAsync(database, "printf('%08X-0000-7000-8000-%012X', i, i)");

        var plan = await ExplainAsync(database, table, "EXPLAIN QUERY PLAN");

        // The look whether anything is due, the read, and the mark.
        Assert.Equal(3, plan.Count(line => Regex.IsMatch(line, $@"USING (COVERING )?INDEX {index} \((provisioner=\? AND )?waits_since<\?\)")));
        // What was found is gone through, and nothing else is.
        var found = plan.Where(line => line.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)).Select(line => line.Replace("CO-ROUTINE", "SCAN"));
        Assert.Empty(plan.Where(line => line.StartsWith("SCAN", StringComparison.Ordinal)).Except(["SCAN CONSTANT ROW", .. found]));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData(Claims, "domain_verification_due_waiting")]
    [InlineData(Work, "domain_verification_work_due")]
    [InlineData(Holdings, "domain_verification_holdings_waiting")]
    public async Task Lease_PostgreSqlWithManyRows_FollowsTheIndexOfDueRows(string table, string index)
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        await FillAsync(database, "md5(CAST(i AS text))::uuid");

        var plan = await ExplainAsync(database, table, "EXPLAIN");

        // Only what was leased is sorted, after it was found.
        var search = plan.SkipWhile(line => !line.Contains("CTE due", StringComparison.Ordinal))
            .TakeWhile(line => !line.Contains("CTE leased", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(search, line => Regex.IsMatch(line, $"Index (Only )?Scan using {index}"));
        Assert.DoesNotContain(search, line => line.Contains("Sort", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> ExplainAsync(StoreDatabase database, string table, string explain)
    {
        var recorder = new CommandRecorder();
        await using var host = database.CreateHost(builder => builder.UseEntityFrameworkCoreStore(options =>
        {
            database.Configure(options);
            options.AddInterceptors(recorder);
        }));
        var store = host.GetRequiredService<IClaimStore>();
        var lease = new LeaseRequest(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), 10);
        var count = table switch
        {
            Claims => (await store.LeaseDueClaimsAsync(lease, default)).Count,
            Work => (await store.LeaseWorkAsync(lease, default)).Count,
            _ => (await ((IHoldingStore)store).LeaseDueHoldingRecordsAsync("mail", lease, default)).Count,
        };
        Assert.Equal(lease.Maximum, count);

        await using var context = database.CreateContext();
        await context.Database.OpenConnectionAsync();
        var plan = new List<string>();
        foreach (var command in recorder.Commands)
        {
            plan.AddRange(await command.ExplainAsync(context.Database.GetDbConnection(), explain));
        }

        return plan;
    }

    /// <summary>Copies a claim and its work, all of them due, and lets the planner know.</summary>
    private static async Task FillAsync(StoreDatabase database, string idOfNumber)
    {
        var manager = database.CreateHost(builder =>
        {
            AlwaysProved.Use(builder);
            builder.UseIdentityProvisioner<Provisioner>();
        }).GetRequiredService<IDomainClaimManager>();
        await manager.RequestAsync(new ClaimRequest("ann", "acme.example"));
        await manager.ConfirmAsync(ClaimReference.To("ann", "acme.example"));

        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlRawAsync($"UPDATE {Claims} SET is_holding = FALSE");
        await context.Database.ExecuteSqlRawAsync(Copy(Claims, ClaimColumns, idOfNumber));
        await context.Database.ExecuteSqlRawAsync($"DELETE FROM {Due}");
        await context.Database.ExecuteSqlRawAsync($"INSERT INTO {Due} (claim_id, waits_since) SELECT id, modified_at FROM {Claims}");
        await context.Database.ExecuteSqlRawAsync(Copy(Work, WorkColumns, idOfNumber));
        await context.Database.ExecuteSqlRawAsync(
            $"INSERT INTO {Holdings} (claim_id, epoch, provisioner, profile, owner, domain, version, due_at, waits_since, data) "
            + "SELECT id, epoch, CASE WHEN owner LIKE '%7' THEN 'mail' ELSE 'web' END, profile, owner, domain, 1, modified_at, modified_at, '{{}}' "
            + $"FROM {Claims}");
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static string Copy(string table, string columns, string idOfNumber) =>
        $"WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {Rows}) "
        + $"INSERT INTO {table} (id, owner, domain, {columns}) SELECT {idOfNumber}, 'owner-' || i, 'domain-' || i || '.example', {columns} "
        + $"FROM numbers CROSS JOIN (SELECT * FROM {table} LIMIT 1) AS t";

    private sealed class Provisioner : IIdentityProvisioner
    {
        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done());

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done());
    }
}
