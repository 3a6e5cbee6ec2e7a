namespace DomainVerification.Email;

/// <summary>A record that the customer should have: the input of a plan.</summary>
public sealed record WantedRecord
{
    /// <summary>The longest value, in octets of UTF-8.</summary>
    public const int MaximumValueLength = 16 * 1024;

    /// <summary>
    /// Type, absolute name, value and preference. The type is TXT, CNAME or MX; a TXT value is the text without quotes; the value of the
    /// others is a full name, with or without a final dot; an MX record has a priority from 0 to 65,535.
    /// </summary>
    public required IdentityRecord Record { get; init; }

    /// <summary>What it is for: one of <see cref="PlanPurposes"/>, or a code of the host's own.</summary>
    public required string Purpose { get; init; }

    /// <summary>The id of the identity that it serves; <see langword="null"/> for what serves the whole claim.</summary>
    public string? Identity { get; init; }

    /// <summary>Whether all works without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The time to live that it should have, from 0 to 2^31 - 1 seconds.</summary>
    /// <value>Five minutes until set: a short one makes a mistake cheap.</value>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The record of a challenge.</summary>
    /// <param name="instructions">What the claim says to publish.</param>
    public static WantedRecord FromChallenge(ChallengeInstructions instructions)
    {
        ArgumentNullException.ThrowIfNull(instructions);
        return new WantedRecord
        {
            Record = new IdentityRecord(instructions.RecordType, instructions.RecordName, instructions.RecordValue),
            Purpose = PlanPurposes.Proof,
            TimeToLive = instructions.TimeToLive,
        };
    }

    /// <summary>The records of an identity, their purposes told by their types, names and values.</summary>
    /// <param name="identity">What was provisioned.</param>
    public static IReadOnlyList<WantedRecord> FromIdentity(ProvisionedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return
        [
            .. identity.Records.Select(record => new WantedRecord
            {
                Record = record,
                Purpose = PurposeOf(record, identity.Records),
                Identity = identity.Id,
            }),
        ];
    }

    /// <summary>Leaves out the value, which may be a token that is not published yet.</summary>
    public override string ToString() => $"{Record?.Type} {Record?.Name} ({Purpose})";

    private static string PurposeOf(IdentityRecord record, IReadOnlyList<IdentityRecord> all)
    {
        if (record.Name.Contains("._domainkey.", StringComparison.OrdinalIgnoreCase))
        {
            return PlanPurposes.Dkim;
        }

        return record.Type.ToUpperInvariant() switch
        {
            "MX" => PlanPurposes.MailFromMx,
            "CNAME" => PlanPurposes.Tracking,
            "TXT" when record.Name.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase) => PlanPurposes.Dmarc,
            "TXT" when record.Value.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) =>
                all.Any(other => IsMx(other) && SameName(other, record)) ? PlanPurposes.MailFromSpf : PlanPurposes.Spf,
            _ => PlanPurposes.Other,
        };
    }

    private static bool IsMx(IdentityRecord record) => record.Type.Equals("MX", StringComparison.OrdinalIgnoreCase);

    private static bool SameName(IdentityRecord left, IdentityRecord right) =>
        left.Name.Equals(right.Name, StringComparison.OrdinalIgnoreCase);
}
