using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The step that writes an audit event. A second event of one version of a claim means that somebody else was faster.</summary>
internal static class EventSteps
{
    public static Step Insert(StoreSql sql, ClaimEvent entry) => new(
        sql.InsertEvent,
        entry.ClaimId.Value,
        entry.ClaimVersion,
        entry.Id,
        entry.Type,
        entry.Profile,
        entry.Owner,
        entry.Domain.Value,
        entry.From?.ToString(),
        entry.To.ToString(),
        entry.Epoch,
        entry.At,
        entry.Actor.Kind.ToString(),
        entry.Actor.Id,
        entry.Evidence is { } evidence ? JsonSerializer.Serialize(evidence, StoreJson.Text.ProofEvidence) : null,
        entry.Reason);

    /// <summary>Writes the events of many claims with one statement.</summary>
    public static Step InsertAll(StoreSql sql, IReadOnlyList<ClaimEvent> entries)
    {
        return new Step(
            sql.InsertEvents,
            Column(entry => entry.ClaimId.Value),
            Column(entry => entry.ClaimVersion),
            Column(entry => entry.Id),
            Column(entry => entry.Type),
            Column(entry => entry.Profile),
            Column(entry => entry.Owner),
            Column(entry => entry.Domain.Value),
            Column(entry => entry.From?.ToString()),
            Column(entry => entry.To.ToString()),
            Column(entry => entry.Epoch),
            Column(entry => Rows.Column(entry.At)),
            Column(entry => entry.Actor.Kind.ToString()),
            Column(entry => entry.Actor.Id),
            Column(entry => entry.Evidence is { } evidence ? JsonSerializer.Serialize(evidence, StoreJson.Text.ProofEvidence) : null),
            Column(entry => entry.Reason));

        Argument Column<T>(Func<ClaimEvent, T> value) => Argument.Column(entries.Select(value).ToArray());
    }
}
