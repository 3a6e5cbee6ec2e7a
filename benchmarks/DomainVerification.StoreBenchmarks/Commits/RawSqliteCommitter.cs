using Microsoft.Data.Sqlite;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>
/// Microsoft.Data.Sqlite without anything above it: each writer keeps a connection. The writers wait for one another at a gate, since the
/// driver would sleep 150 ms for a lock that another one has.
/// </summary>
internal sealed class RawSqliteCommitter : ICommitter
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SqliteConnection[] _connections;
    private readonly RawStatements _statements;

    public RawSqliteCommitter(string connectionString, RawStatements statements, int writers)
    {
        _statements = statements;
        _connections = [.. Enumerable.Range(0, writers).Select(_ => new SqliteConnection(connectionString))];
        foreach (var connection in _connections)
        {
            connection.Open();
        }
    }

    public async Task CommitAsync(int writer, ClaimCommit commit)
    {
        var statements = _statements.Of(commit);
        await _gate.WaitAsync();
        try
        {
            await WriteAsync(_connections[writer], statements);
        }
        finally
        {
            _gate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task WriteAsync(SqliteConnection connection, List<RawStatement> statements)
    {
        await ExecuteAsync(connection, new RawStatement("BEGIN IMMEDIATE", []));
        foreach (var statement in statements)
        {
            await ExecuteAsync(connection, statement);
        }

        await ExecuteAsync(connection, new RawStatement("COMMIT", []));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, RawStatement statement)
    {
        await using var command = new SqliteCommand(statement.Sql, connection);
        for (var i = 0; i < statement.Arguments.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", statement.Arguments[i] ?? DBNull.Value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
