using System.Collections.ObjectModel;

namespace DomainVerification;

/// <summary>How an identity is now. Shown to its owner: holds no secret.</summary>
public sealed record IdentityStatus
{
    /// <summary>The provisioner's own identifier of it, the <see cref="ProvisionedIdentity.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands, in the provisioner's words, such as <c>verified</c>.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// What else there is to know of it, by camel-case names, such as <c>region</c> or <c>dkimStatus</c>; empty where nothing.
    /// </summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The records that it needs now, which may be others than those it was made with: keys are replaced.</summary>
    public IReadOnlyList<IdentityRecordStatus> Records { get; init; } = [];

    /// <summary>When its records were last looked for and an answer came, UTC; <see langword="null"/> before.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When they are looked for next, UTC; <see langword="null"/> for never, or where nobody says.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }
}

/// <summary>How a record of an identity is now.</summary>
/// <param name="Record">What the owner must publish.</param>
/// <param name="Status">Where it stands, in the provisioner's words, such as <c>pending</c> or <c>verified</c>.</param>
public sealed record IdentityRecordStatus(IdentityRecord Record, string Status)
{
    /// <summary>What it is for, in the provisioner's words, such as <c>dkim</c>; <see langword="null"/> where it does not say.</summary>
    public string? Purpose { get; init; }

    /// <summary>Whether the identity can do without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What the newest look found wrong; <see langword="null"/> where nothing, or before the first.</summary>
    public DomainVerificationError? Problem { get; init; }

    /// <summary>What the owner can do about the problem; <see langword="null"/> where there is none.</summary>
    public string? Fix { get; init; }

    /// <summary>When it was last looked for and an answer came, UTC; <see langword="null"/> before.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
}
