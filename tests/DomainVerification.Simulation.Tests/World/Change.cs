namespace DomainVerification.Simulation.Tests.World;

/// <summary>What a commit did to one claim.</summary>
internal sealed record Move(DomainClaim? Before, DomainClaim After, ClaimEvent? Event)
{
    public bool Began => After.Status.Holds && Before is not { Status.Holds: true };

    public bool Ended => Before is { Status.Holds: true } && !After.Status.Holds;
}

/// <summary>What a commit did.</summary>
internal sealed record Change(ClaimCommit Commit, IReadOnlyList<Move> Moves)
{
    public bool Has(string type) => Commit.Events.Any(entry => entry.Type == type);

    /// <summary>What it did to a claim; <see langword="null"/> where it left it alone.</summary>
    public Move? Of(ClaimId? claim) => Moves.FirstOrDefault(move => move.After.Id == claim);

    /// <summary>The work that it added for a claim.</summary>
    public IEnumerable<ClaimWork> WorkOf(ClaimId claim, ClaimWorkKind kind) =>
        Commit.Work.Where(work => work.ClaimId == claim && work.Kind == kind);
}
