using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>The details of an answer that had to be judged value by value.</summary>
/// <param name="lookup">The look-up.</param>
/// <param name="record">What was looked for.</param>
/// <param name="values">Every value of the answer.</param>
/// <param name="servers">What each server of the zone holds; null where all who speak hold the answer, or resolvers were asked.</param>
/// <param name="checkedAt">When the look-up had ended.</param>
internal sealed class JudgedProofDetails(
    DnsLookup lookup,
    ChallengeRecord record,
    IReadOnlyList<JudgedValue> values,
    List<JudgedServer>? servers,
    DateTimeOffset checkedAt) : DnsProofDetails(lookup, record, checkedAt)
{
    public override IReadOnlyList<JudgedValue> Values => values;

    protected override List<JudgedServer> Servers(IReadOnlyList<JudgedValue> values) => servers ?? base.Servers(values);
}
