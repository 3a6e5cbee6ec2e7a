namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>One statement of a commit with its arguments.</summary>
internal sealed record Step(Statement Statement, params IReadOnlyList<Argument> Arguments);

/// <summary>A statement, with arguments <c>$1</c>, <c>$2</c> and so on.</summary>
/// <param name="Sql">The text.</param>
/// <param name="Kind">What has to be so after it.</param>
/// <param name="Refusal">What the commit ends with where it is not so.</param>
internal sealed record Statement(string Sql, StatementKind Kind, Refusal Refusal);

/// <summary>What has to be so after a statement.</summary>
internal enum StatementKind
{
    /// <summary>Nothing: it writes as many rows as there are.</summary>
    Free,

    /// <summary>It wrote a row, or the commit is refused.</summary>
    MustWrite,

    /// <summary>Its expression is true, or the commit is refused.</summary>
    MustHold,
}
