namespace DomainVerification.Proofs.Internal;

/// <summary>What a look-up found, judged.</summary>
/// <param name="Values">Every value of the answer.</param>
/// <param name="Servers">What each server of the zone holds; null where all of them hold the answer, or resolvers were asked.</param>
internal sealed record JudgedAnswer(IReadOnlyList<JudgedValue> Values, List<JudgedServer>? Servers);
