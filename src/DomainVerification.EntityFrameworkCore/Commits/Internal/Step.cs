namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>What has to be so after a step.</summary>
internal enum StepKind
{
    /// <summary>Nothing: the step writes as many rows as there are.</summary>
    Free,

    /// <summary>The step wrote a row, or the commit is refused.</summary>
    MustWrite,

    /// <summary>The step's expression is true, or the commit is refused.</summary>
    MustHold,
}

/// <summary>One statement of a commit.</summary>
/// <param name="Sql">The statement, with arguments <c>$1</c>, <c>$2</c> and so on.</param>
/// <param name="Kind">What has to be so after it.</param>
/// <param name="Refusal">What the commit ends with where it is not so, or where the statement breaks a unique key.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record Step(string Sql, StepKind Kind, Refusal Refusal, params IReadOnlyList<Argument> Arguments);

/// <summary>Why a commit wrote nothing.</summary>
/// <param name="Status">The answer; <see langword="null"/> where the caller made a mistake.</param>
/// <param name="Mistake">The mistake.</param>
internal sealed record Refusal(ClaimCommitStatus? Status, string? Mistake = null)
{
    public static Refusal VersionConflict { get; } = new(ClaimCommitStatus.VersionConflict);

    public static Refusal AlreadyHeld { get; } = new(ClaimCommitStatus.AlreadyHeld);

    public static Refusal ForeignEvent { get; } =
        new(null, "An event belongs to a claim that is neither stored nor in the commit.");

    public static Refusal KnownWork { get; } = new(null, "An operation of the commit is in the outbox already.");

    public static Refusal TwoEnds { get; } = new(null, "Work cannot be tried again and be a dead letter.");
}
