using System.Text.RegularExpressions;
using DomainVerification.EntityFrameworkCore.Commits.Internal;
using DomainVerification.EntityFrameworkCore.Internal;
using DomainVerification.EntityFrameworkCore.Tests.Databases;
using DomainVerification.EntityFrameworkCore.Tests.Leases;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Tests.Commits;

/// <summary>
/// What a commit asks of a queue it finds at an end of the index of the queues, however much waits there: nothing is gone through and
/// nothing is sorted.
/// </summary>
public sealed class QueuePlanTests
{
    private const string Work = "domain_verification_work";
    private const int Rows = 5000;

    [Fact]
    public async Task QueueStatements_SqliteWithALongQueue_SearchTheIndexOfTheQueues()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        await using var context = await FillAsync(database, "printf('%08X-0000-7000-8000-%012X', i, i)");

        foreach (var step in Steps(context))
        {
            var plan = await ExplainAsync(context, step, "EXPLAIN QUERY PLAN");
            var searches = plan.Where(line => line.StartsWith("SEARCH ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(searches);
            Assert.All(searches, line => Assert.Matches(
                @"INDEX (domain_verification_work_queue \(profile=\? AND domain=\? AND target=\?( AND number[=>]\?)?\)"
                + @"|sqlite_autoindex_domain_verification_work_1 \(id=\?\))",
                line));
            Assert.DoesNotContain(plan, line => Regex.IsMatch(line, "^SCAN (?!CONSTANT ROW)|TEMP B-TREE"));
        }
    }

    [PostgresFact]
    public async Task QueueStatements_PostgreSqlWithALongQueue_SearchTheIndexOfTheQueues()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        await using var context = await FillAsync(database, "md5(CAST(i AS text))::uuid");

        foreach (var step in Steps(context))
        {
            var plan = await ExplainAsync(context, step, "EXPLAIN");
            var text = $"{step.Statement.Sql}\n{string.Join('\n', plan)}";
            Assert.True(plan.Any(line => Regex.IsMatch(line, $"Scan (Backward )?using {Work}_")), text);
            Assert.False(plan.Any(line => Regex.IsMatch(line, $"Seq Scan|Sort|Bitmap Index Scan on (?!{Work}_pkey)")), text);

            // What is sought in a queue is sought by the whole of its key.
            var conditions = plan.Where(line => line.Contains("Index Cond: ((profile = ", StringComparison.Ordinal)).ToList();
            Assert.All(conditions, line => Assert.Matches(@"\(target = .*(number IS NOT NULL|number > )", line));
        }
    }

    private static IReadOnlyList<Step> Steps(DbContext context)
    {
        var sql = StoreSql.Of(StoreTables.Of(context));
        var claim = Samples.Pending(1, "ann");
        var work = Samples.Work(Rows + 1, claim) with { Target = "mail" };
        return
        [
            WorkSteps.Enqueue(sql, work),
            .. WorkSteps.OpenQueues(sql, [work, Samples.Work(Rows + 2, claim)]),
            .. WorkSteps.Settle(sql, new SettledWork(work.Id)),
            .. WorkSteps.Settle(sql, new SettledWork(work.Id, RetryAt: Samples.Now)),
            .. WorkSteps.Settle(sql, new SettledWork(work.Id, DeadAt: Samples.Now)),
            .. WorkSteps.Replay(sql, new ReplayedWork(work.Id, Samples.Now)),
        ];
    }

    private static async Task<IReadOnlyList<string>> ExplainAsync(DbContext context, Step step, string explain)
    {
        var connection = context.Database.GetDbConnection();
        await using var command = connection.CreateCommand();
        var isPositional = context.Database.ProviderName!.StartsWith("Npgsql", StringComparison.Ordinal);
        command.CommandText = $"{explain} {step.Statement.Sql}";
        for (var i = 0; i < step.Arguments.Count; i++)
        {
            step.Arguments[i].AddTo(command.Parameters, command.CreateParameter(), isPositional ? null : $"${i + 1}");
        }

        return await RecordedCommand.LinesAsync(command);
    }

    /// <summary>A domain with two long queues, and many with short ones.</summary>
    private static async Task<DbContext> FillAsync(StoreDatabase database, string idOfNumber)
    {
        var claim = Samples.Pending(1, "ann");
        await database.CreateStore().CommitAsync(new ClaimCommit { Claims = [claim], Work = [Samples.Work(1, claim)] }, default);
        var context = database.CreateContext();
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync(Copy(idOfNumber));
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
        return context;
    }

    private static string Copy(string idOfNumber)
    {
        const string Columns = "kind, claim_id, profile, owner, epoch, claim_version, created_at, due_at, attempts";
        return $"WITH RECURSIVE numbers(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i < {Rows}) "
            + $"INSERT INTO {Work} (id, number, domain, target, {Columns}) SELECT {idOfNumber}, i, "
            + "CASE WHEN i % 2 = 0 THEN domain ELSE 'domain-' || i || '.example' END, CASE WHEN i % 4 = 0 THEN 'mail' ELSE '' END, "
            + $"{Columns} FROM numbers CROSS JOIN (SELECT * FROM {Work} LIMIT 1) AS t";
    }
}
