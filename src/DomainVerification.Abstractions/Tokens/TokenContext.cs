namespace DomainVerification;

/// <summary>For whom and for what a token is issued.</summary>
/// <param name="Profile">The profile of the claim; empty for the default profile.</param>
/// <param name="Owner">The owner of the claim.</param>
/// <param name="Domain">The domain of the claim.</param>
/// <param name="Generation">The generation of the challenge, from 1.</param>
public sealed record TokenContext(string Profile, string Owner, DomainName Domain, int Generation);
