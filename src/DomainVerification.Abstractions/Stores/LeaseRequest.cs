namespace DomainVerification;

/// <summary>How much to lease, and for how long.</summary>
/// <param name="Now">The present instant, UTC: what is due at or before it can be leased, and leases that ended by it are void.</param>
/// <param name="Duration">How long the lease lasts.</param>
/// <param name="Maximum">How many items to lease at the most.</param>
public sealed record LeaseRequest(DateTimeOffset Now, TimeSpan Duration, int Maximum);
