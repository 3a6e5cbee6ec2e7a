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
}
