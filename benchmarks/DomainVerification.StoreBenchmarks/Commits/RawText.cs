using System.Data.Common;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>The JSON that the store wrote for a transaction: raw writers send the same, made once.</summary>
/// <param name="Claim">The text of a claim.</param>
/// <param name="Evidence">The text of an event's evidence; <see langword="null"/> where it has none.</param>
internal sealed record RawText(string Claim, string? Evidence)
{
    public static async Task<RawText> ReadAsync(DbConnection connection, ClaimId claim)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT data, (SELECT max(evidence) FROM domain_verification_events WHERE claim_id = @id) "
            + "FROM domain_verification_claims WHERE id = @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", claim.Value);
        command.Parameters.Add(id);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new RawText(reader.GetString(0), await reader.IsDBNullAsync(1) ? null : reader.GetString(1));
    }
}
