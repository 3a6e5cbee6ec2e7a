namespace DomainVerification.AspNetCore;

/// <summary>Metadata of an endpoint that takes a key, for whoever describes endpoints. The last one of an endpoint counts.</summary>
/// <param name="Options">How it treats the key.</param>
public sealed record IdempotencyKeyMetadata(IdempotencyOptions Options);
