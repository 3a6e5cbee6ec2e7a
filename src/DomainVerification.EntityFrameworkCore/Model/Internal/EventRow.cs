namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>An audit event. A claim has one event a version at the most, so the two together are the key.</summary>
internal sealed class EventRow
{
    public Guid ClaimId { get; set; }

    public long ClaimVersion { get; set; }

    public Guid Id { get; set; }

    public string Type { get; set; } = string.Empty;

    public string Profile { get; set; } = string.Empty;

    public string Owner { get; set; } = string.Empty;

    public string Domain { get; set; } = string.Empty;

    public string? From { get; set; }

    public string To { get; set; } = string.Empty;

    public long Epoch { get; set; }

    public DateTime At { get; set; }

    public string ActorKind { get; set; } = string.Empty;

    public string ActorId { get; set; } = string.Empty;

    /// <summary>A <see cref="ProofEvidence"/> as JSON.</summary>
    public string? Evidence { get; set; }

    public string? Reason { get; set; }
}
