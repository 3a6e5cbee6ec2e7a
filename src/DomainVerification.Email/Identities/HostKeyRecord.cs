namespace DomainVerification.Email;

/// <summary>A TXT record that the host publishes in its own zone, for customers' aliases to lead to.</summary>
/// <param name="Name">The absolute name, without a final dot.</param>
/// <param name="Value">The whole text.</param>
/// <param name="IdentityId">The identity that it is for.</param>
/// <param name="RemoveAfter">After when to remove it, UTC: its key was replaced. Otherwise <see langword="null"/>.</param>
public sealed record HostKeyRecord(string Name, string Value, string IdentityId, DateTimeOffset? RemoveAfter);
