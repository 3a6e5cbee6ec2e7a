namespace DomainVerification;

/// <summary>Which claims to list. Conditions that are left out do not restrict.</summary>
public sealed record ClaimQuery
{
    /// <summary>How many claims a page may have at the most.</summary>
    public const int MaximumPageSize = 1000;

    /// <summary>The statuses of claims that can still change (<c>IsLive</c>): for a list without what has ended.</summary>
    public static IReadOnlyCollection<ClaimStatus> LiveStatuses { get; } =
        [.. Enum.GetValues<ClaimStatus>().Where(status => status.IsLive)];

    /// <summary>Only claims of this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Only claims of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Only claims to this domain.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>Only claims in one of these statuses; empty for all.</summary>
    public IReadOnlyCollection<ClaimStatus> Statuses { get; init; } = [];

    /// <summary>Only claims after this one: the <see cref="ClaimPage.Next"/> of the page before.</summary>
    public ClaimId? After { get; init; }

    /// <summary>How many claims to return, from 1 to <see cref="MaximumPageSize"/>.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>A page of claims.</summary>
/// <param name="Claims">The claims, ordered by <see cref="ClaimId"/>.</param>
/// <param name="Next">What to pass as <see cref="ClaimQuery.After"/> for the next page; <see langword="null"/> on the last page.</param>
public sealed record ClaimPage(IReadOnlyList<DomainClaim> Claims, ClaimId? Next);
