namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// A claim: columns for what the database compares, and <see cref="Data"/> for the rest. The flags are derived from the status when the row
/// is written, so that a status of a later version needs no new index.
/// </summary>
internal sealed class ClaimRow
{
    public Guid Id { get; set; }

    public string Profile { get; set; } = string.Empty;

    public string Owner { get; set; } = string.Empty;

    public string Domain { get; set; } = string.Empty;

    public string Status { get; set; } = string.Empty;

    public bool IsLive { get; set; }

    public bool IsHolding { get; set; }

    public bool IsExclusive { get; set; }

    public int Generation { get; set; }

    public long Epoch { get; set; }

    public long Version { get; set; }

    public DateTime? DueAt { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ModifiedAt { get; set; }

    /// <summary>A <see cref="ClaimDocument"/> as JSON.</summary>
    public string Data { get; set; } = string.Empty;
}
