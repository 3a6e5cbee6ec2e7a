namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// A claim that waits for the worker. A row of its own, so that a lease writes a few bytes and not a claim with all its indexes, whatever
/// the number of claims; and so that a claim which is re-checked changes no index at all.
/// </summary>
internal sealed class DueRow
{
    public Guid ClaimId { get; set; }

    /// <summary>Since when the claim can be leased: it is due, or its lease runs out.</summary>
    public DateTime WaitsSince { get; set; }
}
