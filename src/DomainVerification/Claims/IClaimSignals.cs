namespace DomainVerification;

/// <summary>
/// Tells whoever watches a claim that it changed, so that nobody has to ask the store all the time. A signal carries no state: who gets one
/// reads the claim. The default reaches the watchers of its own process; those of others see the change when they next look by themselves.
/// A host with several processes can bring one that reaches them all, such as over LISTEN and NOTIFY, with <c>UseClaimSignals</c>.
/// </summary>
public interface IClaimSignals
{
    /// <summary>
    /// Says that claims were changed. Called by the manager, the reviews and the worker after each commit, on their own path: it must be
    /// quick and must not wait. What it throws is logged and changes nothing of the commit.
    /// </summary>
    /// <param name="claims">The claims of the commit.</param>
    void Raise(IReadOnlyList<ClaimId> claims);

    /// <summary>
    /// Begins to listen for a claim. What is raised from here on is not missed, also while nobody waits: read the claim after this call, and
    /// again after each signal.
    /// </summary>
    /// <param name="claim">The claim, which need not exist.</param>
    /// <returns>The subscription; disposing it ends it.</returns>
    IClaimSubscription Subscribe(ClaimId claim);
}

/// <summary>One listener for the changes of one claim. For one waiter at a time.</summary>
public interface IClaimSubscription : IDisposable
{
    /// <summary>
    /// Completes when the claim was raised since the last completed wait, or since the subscription began. Many changes between two waits
    /// are one signal.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitAsync(CancellationToken cancellationToken);
}
