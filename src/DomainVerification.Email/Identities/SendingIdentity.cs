namespace DomainVerification.Email;

/// <summary>A sending identity: what one stream of mail from one domain needs in one region, and how far it is. Holds no secret.</summary>
public sealed record SendingIdentity
{
    /// <summary>The identity of it, fresh for each holding.</summary>
    public required string Id { get; init; }

    /// <summary>The claim that it belongs to.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>The epoch of the holding that it was made for.</summary>
    public required long Epoch { get; init; }

    /// <summary>The domain that mail is sent from, and that signs it.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>What it sends.</summary>
    public required SendingKind Kind { get; init; }

    /// <summary>The region, such as <c>us-east-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>What people call the region.</summary>
    public required string RegionName { get; init; }

    /// <summary>Where it stands.</summary>
    public required SendingStatus Status { get; init; }

    /// <summary>How far its DKIM keys are.</summary>
    public required DkimStatus DkimStatus { get; init; }

    /// <summary>The MAIL FROM sub-domain.</summary>
    public required string MailFromDomain { get; init; }

    /// <summary>How far the MAIL FROM sub-domain is.</summary>
    public required MailFromStatus MailFromStatus { get; init; }

    /// <summary>What the customer publishes for it.</summary>
    public required IReadOnlyList<SendingRecord> DnsRecords { get; init; }

    /// <summary>Its DKIM selectors, the one that signs first.</summary>
    public required IReadOnlyList<DkimSelector> Selectors { get; init; }

    /// <summary>Whether the owner's proof of control stands.</summary>
    public required bool OwnershipVerified { get; init; }

    /// <summary>Whether the host tracks the opening of its mail.</summary>
    public required bool OpenTracking { get; init; }

    /// <summary>Whether the host tracks clicks in its mail.</summary>
    public required bool ClickTracking { get; init; }

    /// <summary>Whether tracked links can bear the customer's domain: its tracking record is published.</summary>
    public required bool BrandedTracking { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When all required records were first there, UTC; <see langword="null"/> before.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When DNS was last asked and an answer came, UTC.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When the worker looks next, UTC; <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>Why the host suspended it; <see langword="null"/> where it did not.</summary>
    public SendingSuspension? Suspension { get; init; }

    /// <summary>Always <see langword="false"/>: a claimed domain is the customer's own, not one that the host lends.</summary>
    public bool IsManagedDomain { get; init; }
}

/// <summary>Why an identity may not send.</summary>
/// <param name="Reason">The host's reason, 1 to 256 characters, such as <c>bounce_rate</c>.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record SendingSuspension(string Reason, DateTimeOffset At);
