namespace DomainVerification.Simulation.Tests.World;

/// <summary>The host's own people.</summary>
internal static class Staff
{
    public static readonly ClaimActor Operator = ClaimActor.User("operator");

    public static readonly IReadOnlyList<ClaimActor> Reviewers = [ClaimActor.User("reviewer-0"), ClaimActor.User("reviewer-1")];

    public static bool Includes(ClaimActor actor) => actor == Operator || Reviewers.Contains(actor);
}
