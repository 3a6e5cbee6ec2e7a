using System.Globalization;
using DomainVerification;
using Microsoft.Data.Sqlite;

namespace CustomStore;

/// <summary>
/// SQL on a connection. What stands in braces in the text never becomes part of the text: it becomes a parameter, in the form that the
/// columns have.
/// </summary>
internal sealed class Session(SqliteConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Runs a statement; gives the number of rows that it changed.</summary>
    public async Task<int> ExecuteAsync(FormattableString sql)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a condition holds.</summary>
    public async Task<bool> HoldsAsync(FormattableString sql)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>The first row; nothing where there is none.</summary>
    public async Task<T?> FindAsync<T>(FormattableString sql, Func<SqliteDataReader, T> read) =>
        (await ListAsync(sql, read)).FirstOrDefault();

    /// <summary>All rows.</summary>
    public async Task<List<T>> ListAsync<T>(FormattableString sql, Func<SqliteDataReader, T> read)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteCommand Command(FormattableString sql)
    {
        var command = connection.CreateCommand();
        var names = new object[sql.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = $"${i}";
            command.Parameters.AddWithValue($"${i}", Column(sql.GetArgument(i)));
        }

        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
        return command;
    }

    /// <summary>Identities as text in lower case, which sorts as they do; instants as ticks of UTC; statuses by name.</summary>
    private static object Column(object? value) => value switch
    {
        null => DBNull.Value,
        ClaimId id => id.ToString(),
        Guid id => id.ToString("D"),
        DomainName domain => domain.Value,
        DateTimeOffset instant => instant.UtcTicks,
        bool flag => flag ? 1 : 0,
        Enum name => name.ToString(),
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => value,
    };
}
