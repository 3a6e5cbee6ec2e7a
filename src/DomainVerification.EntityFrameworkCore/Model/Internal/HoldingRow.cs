namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>What a provisioner keeps for a holding.</summary>
internal sealed class HoldingRow
{
    public Guid ClaimId { get; set; }

    public long Epoch { get; set; }

    public string Provisioner { get; set; } = string.Empty;

    public string Profile { get; set; } = string.Empty;

    public string Owner { get; set; } = string.Empty;

    public string Domain { get; set; } = string.Empty;

    public long Version { get; set; }

    public DateTime? DueAt { get; set; }

    /// <summary>
    /// Since when the record can be leased: it is due, or its lease runs out; <see langword="null"/> where it is never
    /// due.
    /// </summary>
    public DateTime? WaitsSince { get; set; }

    public string Data { get; set; } = string.Empty;
}
