using Npgsql;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>Npgsql with nothing above it: one batch, which is one round trip and one transaction, or statement by statement.</summary>
internal sealed class RawPostgresCommitter(NpgsqlDataSource source, RawStatements statements, bool isBatched) : ICommitter
{
    public Task CommitAsync(int writer, ClaimCommit commit) =>
        isBatched ? WriteBatchAsync(statements.Of(commit)) : WriteStatementsAsync(statements.Of(commit));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WriteBatchAsync(List<RawStatement> commands)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in commands)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            Add(command.Parameters, statement.Arguments);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private async Task WriteStatementsAsync(List<RawStatement> commands)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in commands)
        {
            await using var command = new NpgsqlCommand(statement.Sql, connection, transaction);
            Add(command.Parameters, statement.Arguments);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static void Add(NpgsqlParameterCollection parameters, object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        }
    }
}
