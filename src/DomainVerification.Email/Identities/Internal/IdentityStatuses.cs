using System.Text.Json;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>Shows sending identities in the words that all provisioners share.</summary>
internal static class IdentityStatuses
{
    public static IdentityStatus Of(SendingIdentity identity) => new()
    {
        Id = identity.Id,
        Status = identity.Status.ToWireName(),
        Details = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["region"] = identity.Region,
            ["dkimStatus"] = identity.DkimStatus.ToWireName(),
            ["mailFromDomain"] = identity.MailFromDomain,
            ["mailFromStatus"] = identity.MailFromStatus.ToWireName(),
        },
        Records = [.. identity.DnsRecords.Select(Of)],
        CheckedAt = identity.CheckedAt,
        NextCheckAt = identity.NextCheckAt,
    };

    private static IdentityRecordStatus Of(SendingRecord record) => new(
        new IdentityRecord(record.Type, record.Name, record.Value, record.Priority),
        record.Status.ToWireName())
    {
        Purpose = JsonNamingPolicy.SnakeCaseLower.ConvertName(record.Purpose.ToString()),
        IsOptional = record.IsOptional,
        Problem = record.Problem is { } problem ? new DomainVerificationError(problem.Code, problem.Message) : null,
        Fix = record.Problem?.Fix,
        CheckedAt = record.CheckedAt,
    };
}
