using Npgsql;

namespace DomainVerification.Kill.Host.Notices;

/// <summary>An event that the handler was told.</summary>
/// <param name="Number">Its place among all that was told.</param>
/// <param name="EventId">The event.</param>
/// <param name="ClaimId">Its claim.</param>
/// <param name="ClaimVersion">The version of the claim after the event.</param>
internal sealed record NoticeRow(long Number, Guid EventId, ClaimId ClaimId, long ClaimVersion);

/// <summary>Where the event handler keeps what it was told, in the database of the provisioners.</summary>
internal sealed class NoticeTable(string connection) : IAsyncDisposable
{
    private const string Schema =
        "CREATE TABLE notice (number bigserial PRIMARY KEY, event uuid NOT NULL, claim uuid NOT NULL, version bigint NOT NULL)";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    internal async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal async Task AddAsync(ClaimEvent told, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("INSERT INTO notice (event, claim, version) VALUES ($1, $2, $3)");
        command.Parameters.AddWithValue(told.Id);
        command.Parameters.AddWithValue(told.ClaimId.Value);
        command.Parameters.AddWithValue(told.ClaimVersion);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal async Task<IReadOnlyList<NoticeRow>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = new List<NoticeRow>();
        await using var command = _source.CreateCommand("SELECT number, event, claim, version FROM notice ORDER BY number");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new NoticeRow(reader.GetInt64(0), reader.GetGuid(1), new ClaimId(reader.GetGuid(2)), reader.GetInt64(3)));
        }

        return rows;
    }
}
