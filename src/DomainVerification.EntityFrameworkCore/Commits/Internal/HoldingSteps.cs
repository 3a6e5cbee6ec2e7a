namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The step that saves a record of a holding.</summary>
internal static class HoldingSteps
{
    public static Step Save(StoreSql sql, HoldingRecord record) => new(
        record.Version == 1 ? sql.InsertHolding : sql.UpdateHolding,
        record.Key.ClaimId.Value,
        record.Key.Epoch,
        record.Key.Provisioner,
        record.Version,
        record.Profile,
        record.Owner,
        record.Domain.Value,
        record.DueAt,
        record.Data);
}
