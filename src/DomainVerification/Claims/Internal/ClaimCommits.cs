namespace DomainVerification.Claims.Internal;

/// <summary>Puts decisions of the lifecycle together into one commit.</summary>
internal static class ClaimCommits
{
    /// <summary>A commit of decisions that were not refused, in their order.</summary>
    public static ClaimCommit Of(params IReadOnlyList<LifecycleResult> decided) => new()
    {
        Claims = [.. decided.Select(item => item.Claim!)],
        Events = [.. decided.Select(item => item.Event).OfType<ClaimEvent>()],
        Work = [.. decided.Select(item => item.Work).OfType<ClaimWork>()],
    };
}
