namespace DomainVerification;

/// <summary>
/// Decides what happens when an owner has proved a domain that another owner holds. Asked each time such an owner claims the domain, and
/// again when a wait is over. Proof has been given by then: a policy never decides whether control is proved, only whether the holder gives
/// way to it at once.
/// </summary>
/// <remarks>
/// Several policies of a profile are asked in the order that it names them, and the strictest answer counts: refuse, then wait, then
/// review, then re-proof, then allow. A policy has no effects; it may be asked more than once for one claim. An exception is an outage: the
/// claim is then left as it is, and the domain with its holder.
/// </remarks>
public interface ITransferPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="request">Who holds, who claims, and what is known of the holder.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken);
}
