namespace DomainVerification;

/// <summary>
/// What the host knows of a holder's use of its domain. The host supplies it with <c>UseHolderActivity</c>; without one nothing is known.
/// </summary>
public interface IHolderActivity
{
    /// <summary>Tells how the holder uses the domain.</summary>
    /// <param name="holder">The claim that holds.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken);
}

/// <summary>How a holder uses its domain, as far as the host knows.</summary>
public sealed record HolderActivity
{
    /// <summary>Nothing is known, which no policy of the SDK takes for activity.</summary>
    public static HolderActivity Unknown { get; } = new();

    /// <summary>When the domain was last used, UTC; <see langword="null"/> where that is not known, or it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>How much work waits that needs the domain, such as scheduled mail.</summary>
    public int PendingWork { get; init; }

    /// <summary>
    /// How often the domain was used lately, in the host's own unit, such as messages in 30 days. For reviewers and the host's
    /// policies.
    /// </summary>
    public long RecentUses { get; init; }
}
