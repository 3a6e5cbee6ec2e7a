using System.Collections.ObjectModel;
using System.Text.Json;

namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>What rows say, as the contracts' own types.</summary>
internal static class Rows
{
    /// <summary>The instant as the columns keep it.</summary>
    public static DateTime Column(DateTimeOffset instant) => instant.UtcDateTime;

    /// <summary>The instant as the columns keep it, where there is one.</summary>
    public static DateTime? Column(DateTimeOffset? instant) => instant?.UtcDateTime;

    /// <summary>The instant of a column. SQLite knows no time zones; every column is UTC.</summary>
    public static DateTimeOffset Instant(DateTime column) => new(DateTime.SpecifyKind(column, DateTimeKind.Utc));

    public static DomainClaim Claim(ClaimRow row)
    {
        var document = JsonSerializer.Deserialize(row.Data, StoreJson.Text.ClaimDocument)!;
        return new DomainClaim
        {
            Id = new ClaimId(row.Id),
            Profile = row.Profile,
            Owner = row.Owner,
            Domain = DomainName.Parse(row.Domain),
            Status = Enum.Parse<ClaimStatus>(row.Status),
            Exclusivity = row.IsExclusive ? DomainExclusivity.OneHolder : DomainExclusivity.Shared,
            Challenge = document.Challenge,
            SpentTokens = document.SpentTokens ?? [],
            Proof = document.Proof,
            LastCheck = document.LastCheck,
            Attempts = document.Attempts,
            Rechecks = document.Rechecks,
            DueAt = Instant(row.DueAt),
            Epoch = row.Epoch,
            Identities = Absent.Filled(document.Identities),
            Provisioning = Absent.Filled(document.Provisioning),
            Transfer = Absent.Filled(document.Transfer),
            Health = document.Health,
            Properties = document.Properties ?? ReadOnlyDictionary<string, string>.Empty,
            Version = row.Version,
            CreatedAt = Instant(row.CreatedAt),
            CreatedBy = document.CreatedBy,
            ModifiedAt = Instant(row.ModifiedAt),
            ModifiedBy = document.ModifiedBy,
        };
    }

    public static ClaimEvent Event(EventRow row) => new()
    {
        Id = row.Id,
        Type = row.Type,
        ClaimId = new ClaimId(row.ClaimId),
        ClaimVersion = row.ClaimVersion,
        Profile = row.Profile,
        Owner = row.Owner,
        Domain = DomainName.Parse(row.Domain),
        From = row.From is null ? null : Enum.Parse<ClaimStatus>(row.From),
        To = Enum.Parse<ClaimStatus>(row.To),
        Epoch = row.Epoch,
        At = Instant(row.At),
        Actor = new ClaimActor(Enum.Parse<ClaimActorKind>(row.ActorKind), row.ActorId),
        Evidence = row.Evidence is null ? null : JsonSerializer.Deserialize(row.Evidence, StoreJson.Text.ProofEvidence),
        Reason = row.Reason,
    };

    public static ClaimWork Work(WorkRow row) => new()
    {
        Id = row.Id,
        Kind = Enum.Parse<ClaimWorkKind>(row.Kind),
        ClaimId = new ClaimId(row.ClaimId),
        Profile = row.Profile,
        Owner = row.Owner,
        Domain = DomainName.Parse(row.Domain),
        Epoch = row.Epoch,
        Target = row.Target,
        ClaimVersion = row.ClaimVersion,
        Identities = row.Identities is null
            ? []
            : Absent.Filled(JsonSerializer.Deserialize(row.Identities, StoreJson.Text.IReadOnlyListProvisionedIdentity)),
        CreatedAt = Instant(row.CreatedAt),
        DueAt = Instant(row.DueAt),
        Attempts = row.Attempts,
        LastError = row.LastError is null ? null : JsonSerializer.Deserialize(row.LastError, StoreJson.Text.DomainVerificationError),
        DeadAt = Instant(row.DeadAt),
    };

    public static HoldingRecord Holding(HoldingRow row) => new()
    {
        Key = new HoldingKey(new ClaimId(row.ClaimId), row.Epoch, row.Provisioner),
        Profile = row.Profile,
        Owner = row.Owner,
        Domain = DomainName.Parse(row.Domain),
        Version = row.Version,
        DueAt = Instant(row.DueAt),
        Data = row.Data,
    };

    private static DateTimeOffset? Instant(DateTime? column) => column is { } instant ? Instant(instant) : null;
}
