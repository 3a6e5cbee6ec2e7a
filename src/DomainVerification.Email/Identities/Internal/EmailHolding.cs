namespace DomainVerification.Email.Identities.Internal;

/// <summary>All that is kept for one holding: the identities, or, once it ended, that it did.</summary>
internal sealed record EmailHolding
{
    /// <summary>The version of this form that is written, and the highest that is read.</summary>
    public const int PresentFormat = 1;

    public required int Format { get; init; }

    /// <summary>When the holding was released, UTC. Nothing else is kept then, and nothing is ever made for it again.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    public required IReadOnlyList<StoredIdentity> Identities { get; init; }

    public static EmailHolding Released(DateTimeOffset at) => new() { Format = PresentFormat, ReleasedAt = at, Identities = [] };
}

/// <summary>One identity, as it is kept.</summary>
internal sealed record StoredIdentity
{
    public required string Id { get; init; }

    public required SendingKind Kind { get; init; }

    public required string Region { get; init; }

    public required string RegionName { get; init; }

    public required string MailFromDomain { get; init; }

    public required bool OpenTracking { get; init; }

    public required bool ClickTracking { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The host's zone that aliases point into; <see langword="null"/> where keys are published as TXT.</summary>
    public string? DkimZone { get; init; }

    /// <summary>Where the records stand; never <see cref="SendingStatus.Suspended"/>, which <see cref="Suspension"/> is.</summary>
    public required SendingStatus Status { get; init; }

    public SendingSuspension? Suspension { get; init; }

    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When the first answered look of the present attempt was.</summary>
    public DateTimeOffset? VerifyingSince { get; init; }

    /// <summary>When the newest answered look was.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When the worker looks next.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    public required IReadOnlyList<StoredSelector> Selectors { get; init; }

    public required IReadOnlyList<StoredRecord> Records { get; init; }
}

/// <summary>A DKIM selector with its key.</summary>
internal sealed record StoredSelector
{
    public required string Name { get; init; }

    public required DkimSelectorState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The key; <see langword="null"/> for a spare selector.</summary>
    public StoredKey? Key { get; init; }

    public DateTimeOffset? RetireAt { get; init; }
}

/// <summary>A DKIM key. <see cref="PrivateKey"/> is encrypted, and gone once another key signs.</summary>
internal sealed record StoredKey
{
    public required string Id { get; init; }

    public required string PublicKey { get; init; }

    public string? PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Never shows the key material, encrypted or not.</summary>
    public override string ToString() => $"key {Id}";
}

/// <summary>A record and what was seen of it.</summary>
internal sealed record StoredRecord
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Value { get; init; }

    public int? Priority { get; init; }

    public required SendingRecordPurpose Purpose { get; init; }

    public string? Selector { get; init; }

    public required SendingRecordStatus Status { get; init; }

    /// <summary>How many answered looks in a row missed it.</summary>
    public required int Misses { get; init; }

    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>How many looks in a row found it after it was gone.</summary>
    public required int Hits { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    public RecordProblem? Problem { get; init; }

    public static StoredRecord New(
        string type,
        string name,
        string value,
        SendingRecordPurpose purpose,
        int? priority = null,
        string? selector = null) => new()
        {
            Type = type,
            Name = name,
            Value = value,
            Priority = priority,
            Purpose = purpose,
            Selector = selector,
            Status = SendingRecordStatus.Pending,
            Misses = 0,
            Hits = 0,
        };
}
