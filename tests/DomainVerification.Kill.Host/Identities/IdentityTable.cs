using Npgsql;

namespace DomainVerification.Kill.Host.Identities;

/// <summary>An identity that was provisioned.</summary>
/// <param name="Id">The provisioner's own identifier of it.</param>
/// <param name="ClaimId">The claim that it was made for.</param>
/// <param name="Domain">The domain of that claim.</param>
/// <param name="Epoch">The holding that it was made for.</param>
/// <param name="Provisioner">Who made it.</param>
internal sealed record IdentityRow(string Id, ClaimId ClaimId, string Domain, long Epoch, string Provisioner);

/// <summary>
/// Where the provisioners keep what they made: a database of their own, as a mail service would be. None of them knows what another one
/// has seen. A domain's row is locked first, so that what the fence says stays true until the identity is written.
/// </summary>
internal sealed class IdentityTable(string connection) : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE fence (provisioner text, domain text, epoch bigint NOT NULL, PRIMARY KEY (provisioner, domain));
        CREATE TABLE ended (provisioner text, claim uuid, epoch bigint, PRIMARY KEY (provisioner, claim, epoch));
        CREATE TABLE identity (operation uuid, kind text, claim uuid NOT NULL, domain text NOT NULL, epoch bigint NOT NULL,
            provisioner text NOT NULL, PRIMARY KEY (operation, kind));
        """;

    private const string Fence = """
        INSERT INTO fence VALUES (@provisioner, @domain, @epoch)
            ON CONFLICT (provisioner, domain) DO UPDATE SET epoch = greatest(fence.epoch, excluded.epoch);
        """;

    private const string Insert = Fence + """
        INSERT INTO identity SELECT @operation, @kind, @claim, @domain, @epoch, @provisioner
            WHERE (SELECT epoch FROM fence WHERE provisioner = @provisioner AND domain = @domain) = @epoch
              AND NOT EXISTS (SELECT FROM ended WHERE provisioner = @provisioner AND claim = @claim AND epoch = @epoch)
            ON CONFLICT DO NOTHING;
        SELECT count(*) FROM identity WHERE operation = @operation AND kind = @kind;
        """;

    private const string Delete = Fence + """
        INSERT INTO ended VALUES (@provisioner, @claim, @epoch) ON CONFLICT DO NOTHING;
        DELETE FROM identity WHERE provisioner = @provisioner AND claim = @claim AND epoch = @epoch AND kind = @kind;
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    internal async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes an identity, once for each operation; false where a later holding was seen, or this one has ended.</summary>
    internal async Task<bool> TryAddAsync(ProvisionRequest request, string provisioner, string kind, CancellationToken cancellationToken)
    {
        await using var command = Command(Insert, request, provisioner, kind);
        command.Parameters.AddWithValue("operation", request.OperationId);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>Removes the identities of a kind that were made for a holding, whichever operation made them.</summary>
    internal async Task RemoveAsync(ProvisionRequest request, string provisioner, string kind, CancellationToken cancellationToken)
    {
        await using var command = Command(Delete, request, provisioner, kind);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal async Task<IReadOnlyList<IdentityRow>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = new List<IdentityRow>();
        await using var command = _source.CreateCommand("SELECT operation, kind, claim, domain, epoch, provisioner FROM identity");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new IdentityRow(
                IdOf(reader.GetGuid(0), reader.GetString(1)),
                new ClaimId(reader.GetGuid(2)),
                reader.GetString(3),
                reader.GetInt64(4),
                reader.GetString(5)));
        }

        return rows;
    }

    internal static string IdOf(Guid operation, string kind) => $"{operation}/{kind}";

    private NpgsqlCommand Command(string sql, ProvisionRequest request, string provisioner, string kind)
    {
        var command = _source.CreateCommand(sql);
        command.Parameters.AddWithValue("domain", request.Domain.Value);
        command.Parameters.AddWithValue("epoch", request.Epoch);
        command.Parameters.AddWithValue("claim", request.ClaimId.Value);
        command.Parameters.AddWithValue("provisioner", provisioner);
        command.Parameters.AddWithValue("kind", kind);
        return command;
    }
}
