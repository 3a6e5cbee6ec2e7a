namespace DomainVerification.Email.Plans.Internal;

/// <summary>What is to be done about a wanted record.</summary>
internal sealed record Verdict(PlanAction Action, params IReadOnlyList<PlanProblem> Problems)
{
    public IReadOnlyList<ExistingRecord> Existing { get; init; } = [];

    /// <summary>What to publish, where that is not the wanted value itself.</summary>
    public string? Value { get; init; }

    public int? SpfLookups { get; init; }

    public Verdict With(PlanProblem problem) => this with { Problems = [.. Problems, problem] };
}
