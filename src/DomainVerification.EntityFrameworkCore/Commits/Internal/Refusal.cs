namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>Why a commit wrote nothing.</summary>
/// <param name="Code">Tells refusals apart in an error of PostgreSQL.</param>
/// <param name="Status">The answer; <see langword="null"/> where the caller made a mistake.</param>
/// <param name="Mistake">The mistake.</param>
internal sealed record Refusal(string Code, ClaimCommitStatus? Status, string? Mistake = null)
{
    public static Refusal VersionConflict { get; } = new("version_conflict", ClaimCommitStatus.VersionConflict);

    public static Refusal AlreadyHeld { get; } = new("already_held", ClaimCommitStatus.AlreadyHeld);

    public static Refusal ForeignEvent { get; } =
        new("foreign_event", null, "An event belongs to a claim that is neither stored nor in the commit.");

    public static Refusal KnownWork { get; } = new("known_work", null, "An operation of the commit is in the outbox already.");

    public static Refusal TwoEnds { get; } = new("two_ends", null, "Work cannot be tried again and be a dead letter.");
}
