using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DomainVerification.EntityFrameworkCore.Tests.Leases;

/// <summary>Keeps the statements that the store sends through EF Core, with their arguments, so that these can be explained.</summary>
internal sealed class CommandRecorder : DbCommandInterceptor
{
    public List<RecordedCommand> Commands { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Commands.Add(RecordedCommand.Of(command));
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Commands.Add(RecordedCommand.Of(command));
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }
}

/// <summary>A statement with its arguments. EF Core uses its own command again.</summary>
internal sealed record RecordedCommand(string Sql, IReadOnlyList<(string Name, object? Value)> Arguments)
{
    public static RecordedCommand Of(DbCommand command) => new(
        command.CommandText,
        [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]);

    /// <summary>The plan of the statement, line by line. A statement that is run to be explained is taken back.</summary>
    public async Task<IReadOnlyList<string>> ExplainAsync(DbConnection connection, string explain)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, $"{explain} {Sql}");
        foreach (var (name, value) in Arguments)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await LinesAsync(command);
    }

    /// <summary>What a command that explains says, line by line.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(DbCommand command)
    {
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(reader.FieldCount - 1));
        }

        return lines;
    }
}
