namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The mapping that an endpoint belongs to: it serves the claims of one profile and knows no others.</summary>
/// <param name="Profile">The name of the profile; empty for the default one.</param>
internal sealed record ClaimGroup(string Profile);
