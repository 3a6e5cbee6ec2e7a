namespace DomainVerification.Email;

/// <summary>A region that mail is sent from.</summary>
public sealed class EmailRegion
{
    /// <summary>
    /// The identifier, part of selectors and of host names: lower-case letters, digits and inner hyphens, not both third and
    /// fourth, 1 to 24 characters.
    /// </summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What people call it: 1 to 100 characters.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The region in the east of the USA that stands where none is configured.</summary>
    internal static EmailRegion Default { get; } = new() { Id = "us-east-1", Name = "US East (N. Virginia)" };
}
