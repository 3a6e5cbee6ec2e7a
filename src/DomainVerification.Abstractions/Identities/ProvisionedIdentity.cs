namespace DomainVerification;

/// <summary>Something that was made for the holder of a domain.</summary>
public sealed record ProvisionedIdentity
{
    /// <summary>The provisioner's own identifier of it.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in the provisioner's words, such as <c>marketing</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// The name that its provisioner is registered under; empty for the default one. Set by the workflow, whatever the provisioner says.
    /// </summary>
    public string Provisioner { get; init; } = string.Empty;

    /// <summary>The records that the owner must publish for it.</summary>
    public IReadOnlyList<IdentityRecord> Records { get; init; } = [];
}

/// <summary>A DNS record that an identity needs.</summary>
/// <param name="Type">The type, such as <c>CNAME</c>, <c>TXT</c> or <c>MX</c>.</param>
/// <param name="Name">The absolute name, without a final dot.</param>
/// <param name="Value">The value.</param>
/// <param name="Priority">The preference of an MX record; <see langword="null"/> for other types.</param>
public sealed record IdentityRecord(string Type, string Name, string Value, int? Priority = null);
