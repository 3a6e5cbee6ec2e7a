namespace DomainVerification.Claims.Internal;

/// <summary>What the worker made of a due claim, and has not written yet.</summary>
/// <param name="Before">The claim as it was leased. The commit is bound to this version.</param>
/// <param name="Decided">What is to be written.</param>
/// <param name="LeasedUntil">When the claim may become another worker's.</param>
internal sealed record DueDecision(DomainClaim Before, LifecycleResult Decided, DateTimeOffset LeasedUntil)
{
    /// <summary>Whether more is to be done as soon as it is written: the claim is to hold its domain.</summary>
    public bool IsToHold => DueClaim.IsToHold(Decided.Claim!);

    /// <summary>Whether somebody is to be told of it.</summary>
    public bool IsNews => Decided.Event is not null;
}
