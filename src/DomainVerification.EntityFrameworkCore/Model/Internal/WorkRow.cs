namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>Work of the outbox: a place in the queue of its (profile, domain, target), or a dead letter.</summary>
internal sealed class WorkRow
{
    public Guid Id { get; set; }

    /// <summary>The place in the queue; <see langword="null"/> for a dead letter. The head has the lowest.</summary>
    public long? Number { get; set; }

    public string Kind { get; set; } = string.Empty;

    public Guid ClaimId { get; set; }

    public string Profile { get; set; } = string.Empty;

    public string Owner { get; set; } = string.Empty;

    public string Domain { get; set; } = string.Empty;

    public long Epoch { get; set; }

    public string Target { get; set; } = string.Empty;

    public long ClaimVersion { get; set; }

    /// <summary>A list of <see cref="ProvisionedIdentity"/> as JSON; <see langword="null"/> for none.</summary>
    public string? Identities { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>A <see cref="DomainVerificationError"/> as JSON.</summary>
    public string? LastError { get; set; }

    public DateTime? DeadAt { get; set; }

    public DateTime? LeasedUntil { get; set; }

    /// <summary>Since when the work can be leased; <see langword="null"/> unless it is the head of its queue.</summary>
    public DateTime? WaitsSince { get; set; }
}
