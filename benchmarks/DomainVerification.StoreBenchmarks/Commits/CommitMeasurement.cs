using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Measuring;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>Commits a second of the store, against the driver alone doing the same transaction on the same tables.</summary>
internal static class CommitMeasurement
{
    private const int PreparedStatements = 64;

    private static readonly int[] Writers = [1, 32];

    public static async Task RunAsync(PostgresServer server, Duration duration)
    {
        var recorded = await RecordedCommits.RecordAsync();
        var table = new Table(
            "Commits",
            ["database", "transaction", "writers", "variant", "commits/s", "raw batched is faster by", "B", "CPU us", "server CPU us"]);
        foreach (var (name, source) in Sources(recorded, Writers.Max()))
        {
            foreach (var preparedStatements in (int[])[0, PreparedStatements])
            {
                await using var postgres = await PostgresDatabase.CreateAsync(server, preparedStatements);
                var label = preparedStatements == 0 ? postgres.Name : $"{postgres.Name}, prepared";
                await MeasureAsync(table, [label, name], postgres, source, duration, text =>
                [
                    ("raw batched", new RawPostgresCommitter(postgres.Source, new RawStatements(text, true), isBatched: true)),
                    ("raw statements", new RawPostgresCommitter(postgres.Source, new RawStatements(text, true), isBatched: false)),
                ]);
            }

            await using var sqlite = await SqliteDatabase.CreateAsync();
            await MeasureAsync(table, [sqlite.Name, name], sqlite, source, duration, text =>
            [
                ("raw", new RawSqliteCommitter(sqlite.ConnectionString, new RawStatements(text, false), Writers.Max())),
            ]);
        }
    }

    private static IEnumerable<(string Name, Func<ICommitSource> Source)> Sources(RecordedCommits recorded, int writers) =>
    [
        ("request", () => new RequestSource(recorded.Request, writers)),
        ("check", () => new CheckSource(recorded, writers)),
        ("takeover", () => new TakeoverSource(recorded.Takeover, writers)),
    ];

    private static async Task MeasureAsync(
        Table table,
        IReadOnlyList<string> labels,
        BenchmarkDatabase database,
        Func<ICommitSource> source,
        Duration duration,
        Func<RawText, IReadOnlyList<(string Name, ICommitter Committer)>> raw)
    {
        await using var store = new StoreCommitter(database);
        var peers = raw(await ReadTextAsync(database, store, source()));
        var variants = new List<Variant>();
        foreach (var (name, committer) in peers.Append(("store", store)))
        {
            var commits = source();
            await SeedAsync(store, commits);
            variants.Add(new Variant(name, writer => committer.CommitAsync(writer, commits.Next(writer))));
        }

        // The queues of the outbox stay as short as they are where somebody works them off.
        Task EmptyOutboxAsync() => database.ExecuteAsync("DELETE FROM domain_verification_work");

        var runner = new Rounds(await database.GetProcessorAsync());
        await runner.WarmUpAsync(variants, Writers.Max(), duration.WarmUp);
        foreach (var writers in Writers)
        {
            var rounds = await runner.MeasureAsync(variants, writers, duration, EmptyOutboxAsync);
            for (var i = variants.Count - 1; i >= 0; i--)
            {
                table.Add(
                [
                    .. labels,
                    $"{writers}",
                    variants[i].Name,
                    Table.Number(rounds[i].Select(round => round.PerSecond).Median()),
                    Table.Number(rounds[0].Zip(rounds[i], (peer, own) => peer.PerSecond / own.PerSecond).Median(), "0.00x"),
                    Table.Number(rounds[i].Select(round => round.Bytes).Median()),
                    Table.Number(rounds[i].Select(round => round.Cpu).Median()),
                    Table.Number(rounds[i].Select(round => round.ServerCpu).Median()),
                ]);
            }
        }

        foreach (var (_, committer) in peers)
        {
            await committer.DisposeAsync();
        }
    }

    /// <summary>What the store makes of the transaction, so that the others write as much.</summary>
    private static async Task<RawText> ReadTextAsync(BenchmarkDatabase database, StoreCommitter store, ICommitSource commits)
    {
        await SeedAsync(store, commits);
        var commit = commits.Next(0);
        await store.CommitAsync(0, commit);
        await using var connection = database.CreateConnection();
        await connection.OpenAsync();
        return await RawText.ReadAsync(connection, commit.Claims[^1].Id);
    }

    private static Task SeedAsync(StoreCommitter store, ICommitSource commits) => Parallel.ForEachAsync(
        commits.Seed,
        new ParallelOptions { MaxDegreeOfParallelism = Writers.Max() },
        async (commit, _) => await store.CommitAsync(0, commit));
}
