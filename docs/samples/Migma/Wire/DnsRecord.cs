using System.Text.Json.Serialization;
using DomainVerification;
using DomainVerification.Email;

namespace Migma.Wire;

/// <summary>Migma's <c>DnsRecord</c>. Only an MX record has a priority.</summary>
internal sealed record DnsRecord(
    string Type,
    string Name,
    string Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Priority,
    string Status)
{
    public static DnsRecord Of(SendingRecord record) =>
        new(record.Type, record.Name, record.Value, record.Priority, record.Status.ToWireName());

    /// <summary>The record of the proof: verified once it was found.</summary>
    public static DnsRecord Of(DomainClaim claim, ChallengeInstructions publish) =>
        new(publish.RecordType, publish.RecordName, publish.RecordValue, null, claim.Proof is null ? "pending" : "verified");
}
