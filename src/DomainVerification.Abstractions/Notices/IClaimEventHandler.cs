using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>
/// Hears of each move of each claim, to notify its owner or to feed another system. Called by the worker from the outbox: at least once for
/// each event, and for each domain in the order of the events. <see cref="ClaimEvent.Owner"/> says whose claim moved: a takeover is told to
/// both sides, each with the events of its own claim, which name the other side nowhere.
/// </summary>
/// <remarks>
/// The same event may come again after a crash; <see cref="ClaimEvent.Id"/> tells. An exception lets it be tried again with a growing
/// pause, up to the worker's <c>MaximumAttempts</c>; later events of the same domain wait meanwhile, for this handler and no other. Then it
/// becomes a dead letter that an operator can replay.
/// </remarks>
[SuppressMessage(
    "Naming",
    "CA1711:Identifiers should not have incorrect suffix",
    Justification = "It handles events of claims, as the field says.")]
public interface IClaimEventHandler
{
    /// <summary>Hears of an event.</summary>
    /// <param name="claimEvent">The event, as the audit trail has it.</param>
    /// <param name="cancellationToken">Ends the call early; the event then comes again.</param>
    Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken);
}
