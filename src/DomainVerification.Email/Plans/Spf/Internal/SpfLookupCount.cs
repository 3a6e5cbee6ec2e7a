namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>What an SPF record costs receivers at most, all that it leads to counted (RFC 7208, section 4.6.4).</summary>
internal sealed record SpfLookupCount
{
    public const int Limit = 10;
    public const int VoidLimit = 2;

    public required int Lookups { get; init; }

    /// <summary>The look-ups that found nothing.</summary>
    public required int Voids { get; init; }

    /// <summary>The included names that have no SPF record, several, or a broken one.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <summary>The name that leads back to itself.</summary>
    public required string? Loop { get; init; }

    /// <summary>False where there may be more look-ups than were counted.</summary>
    public required bool IsComplete { get; init; }
}
