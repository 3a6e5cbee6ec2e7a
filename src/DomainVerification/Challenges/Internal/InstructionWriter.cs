using System.Globalization;

namespace DomainVerification.Challenges.Internal;

/// <summary>Turns a challenge into what the customer is told.</summary>
internal static class InstructionWriter
{
    public static ChallengeInstructions Write(DomainClaim claim, DomainName zone, string token)
    {
        var record = claim.Challenge.Record;
        if (record.Method == ProofMethod.HttpFile)
        {
            return WriteFile(claim, zone, token);
        }

        var (type, value, host) = Published(record, record.FormatValue(token));
        var relative = Relative(record.Name, zone.Value);
        return new ChallengeInstructions
        {
            RecordType = type,
            RecordName = record.Name,
            RelativeName = relative,
            Zone = zone,
            RecordValue = value,
            Token = token,
            TimeToLive = record.TimeToLive,
            ExpiresAt = claim.Challenge.ExpiresAt,
            HostRecord = host,
            Text = Text(claim, zone, type, relative, value),
        };
    }

    private static ChallengeInstructions WriteFile(DomainClaim claim, DomainName zone, string token)
    {
        var record = claim.Challenge.Record;
        var url = new Uri(record.Name);
        var file = new ChallengeFile(record.Name, url.IdnHost, url.AbsolutePath, record.FormatValue(token));
        return new ChallengeInstructions
        {
            RecordType = "FILE",
            RecordName = file.Url,
            RelativeName = file.Path,
            Zone = zone,
            RecordValue = file.Content,
            Token = token,
            TimeToLive = record.TimeToLive,
            ExpiresAt = claim.Challenge.ExpiresAt,
            File = file,
            Text = $"""
                To prove that you control {claim.Domain.Unicode}, put a file on its web server:
                  URL:     {file.Url}
                  Content: {file.Content}
                The file must be there without a login, and hold nothing else.{Until(claim)}
                """,
        };
    }

    private static (string Type, string Value, HostRecord? Host) Published(ChallengeRecord record, string value) => record switch
    {
        { DelegatedName: { } target } => ("CNAME", target, new HostRecord("TXT", target, value)),
        { Method: ProofMethod.DnsCname } => ("CNAME", value, null),
        _ => ("TXT", value, null),
    };

    /// <summary>The whole name where it lies above the zone, which a newer public suffix list may have split since.</summary>
    private static string Relative(string name, string zone)
    {
        if (name == zone)
        {
            return "@";
        }

        return name.EndsWith($".{zone}", StringComparison.Ordinal) ? name[..^(zone.Length + 1)] : name;
    }

    private static string Text(DomainClaim claim, DomainName zone, string type, string relative, string value)
    {
        var record = claim.Challenge.Record;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            To prove that you control {claim.Domain.Unicode}, add this record to the zone {zone.Unicode}:
              Type:  {type}
              Name:  {relative}   (in full: {record.Name})
              Value: {value}
              TTL:   {record.TimeToLive.TotalSeconds:0} seconds
            If your DNS console adds the zone to names by itself, enter the short name, or the name is doubled.{Until(claim)}
            """);
    }

    private static string Until(DomainClaim claim) => claim.Challenge.ExpiresAt is { } end
        ? string.Create(CultureInfo.InvariantCulture, $" Publish it before {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
        : string.Empty;
}
