namespace DomainVerification;

/// <summary>Which work of the outbox to list. Conditions that are left out do not restrict.</summary>
public sealed record WorkQuery
{
    /// <summary>How many items a page may have at the most.</summary>
    public const int MaximumPageSize = 1000;

    /// <summary>Only dead letters, or only work that waits for its turn; both where <see langword="null"/>.</summary>
    public bool? IsDead { get; init; }

    /// <summary>Only work of this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Only work for this domain.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>Only work after this place: the <see cref="WorkPage.Next"/> of the page before.</summary>
    public WorkCursor? After { get; init; }

    /// <summary>How many items to return, from 1 to <see cref="MaximumPageSize"/>.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>A place in the list of work: that of the work with these values.</summary>
/// <param name="CreatedAt">The <see cref="ClaimWork.CreatedAt"/> of the work.</param>
/// <param name="Id">The <see cref="ClaimWork.Id"/> of the work.</param>
public readonly record struct WorkCursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>A page of work.</summary>
/// <param name="Work">The work, ordered by <see cref="ClaimWork.CreatedAt"/>, then by <see cref="ClaimWork.Id"/>.</param>
/// <param name="Next">What to pass as <see cref="WorkQuery.After"/> for the next page; <see langword="null"/> on the last page.</param>
public sealed record WorkPage(IReadOnlyList<ClaimWork> Work, WorkCursor? Next);
