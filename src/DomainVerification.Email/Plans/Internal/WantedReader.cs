using System.Diagnostics.CodeAnalysis;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Reads wanted records, refuses what can never be published, and joins what is one record in DNS.</summary>
internal static class WantedReader
{
    private const int MaximumCodeLength = 64;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A record can never be published.</exception>
    public static IReadOnlyList<Wanted> Read(IReadOnlyList<WantedRecord> records, DnsName registrable)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, DnsPlanRequest.MaximumRecords, "request");
        var single = records.Select(record => Read(record, registrable)).GroupBy(wanted => wanted.Key).Select(Joined).ToList();
        return
        [
            .. single.Where(wanted => wanted.Spf is null),
            .. single.Where(wanted => wanted.Spf is not null).GroupBy(wanted => wanted.Name).Select(Joined).Select(Printed),
        ];
    }

    /// <summary>Whether DNS could not hold one of these beside the record, whatever it holds now.</summary>
    public static bool Contradicts(Wanted wanted, IEnumerable<Wanted> all) => all
        .Where(other => !ReferenceEquals(other, wanted) && other.Name == wanted.Name)
        .Any(other => wanted.Type == DnsRecordType.CNAME
            || other.Type == DnsRecordType.CNAME
            || (wanted.Type == DnsRecordType.MX && other.Type == DnsRecordType.MX)
            || (wanted.Dkim is not null && other.Dkim is not null)
            || (wanted.IsDmarc && other.IsDmarc));

    private static Wanted Read(WantedRecord wanted, DnsName registrable)
    {
        ArgumentNullException.ThrowIfNull(wanted, "request");
        var record = wanted.Record;
        Require(record is { Type: not null, Name: not null, Value: not null }, "A wanted record has no type, name or value.");
        Require(DnsName.TryParse(record.Name, out var name), $"The name {SafeText.Quote(record.Name)} is no DNS name.");
        Require(name!.IsSubdomainOf(registrable), $"The name {SafeText.Quote(record.Name)} is outside of {registrable}.");
        Require(IsCode(wanted.Purpose), $"The purpose of {name} is no code of lower-case words joined by underscores.");
        Require(
            wanted.TimeToLive >= TimeSpan.Zero && wanted.TimeToLive <= DnsRecord.MaxTimeToLive,
            $"The time to live of {name} is out of range.");
        var read = new Wanted
        {
            Name = name,
            Type = TypeOf(record.Type, name),
            Value = record.Value,
            TimeToLive = wanted.TimeToLive,
            Purpose = wanted.Purpose,
            Identities = wanted.Identity is { } identity ? [identity] : [],
            IsOptional = wanted.IsOptional,
        };
        return read.Type == DnsRecordType.TXT ? WithText(read) : WithTarget(read, record.Priority);
    }

    private static DnsRecordType TypeOf(string type, DnsName name) => type.ToUpperInvariant() switch
    {
        "TXT" => DnsRecordType.TXT,
        "CNAME" => DnsRecordType.CNAME,
        "MX" => DnsRecordType.MX,
        _ => throw Refused($"The type {SafeText.Quote(type)} at {name} cannot be planned, only TXT, CNAME and MX."),
    };

    private static Wanted WithText(Wanted wanted)
    {
        Require(
            IsText(wanted.Value),
            $"The text at {wanted.Name} is no valid Unicode, or longer than {WantedRecord.MaximumValueLength} octets.");
        var name = wanted.Name.ToString();
        SpfRecord? spf = null;
        if (SpfRecord.IsSpf(wanted.Value))
        {
            Require(SpfParser.TryParse(wanted.Value, out spf, out var error), $"The wanted SPF record at {wanted.Name} {error}.");
        }

        return wanted with
        {
            Spf = spf,
            Dkim = DkimKey.IsName(name) ? DkimKey.Parse(wanted.Value) : null,
            IsDmarc = DmarcRecord.IsName(name) && DmarcRecord.IsDmarc(wanted.Value),
        };
    }

    private static Wanted WithTarget(Wanted wanted, int? priority)
    {
        var isMx = wanted.Type == DnsRecordType.MX;
        Require(
            DnsName.TryParse(wanted.Value, out var target) && (isMx || target != DnsName.Root),
            $"The target {SafeText.Quote(wanted.Value)} at {wanted.Name} is no DNS name.");
        Require(!isMx || priority is >= 0 and <= ushort.MaxValue, $"The MX record at {wanted.Name} has no priority from 0 to 65535.");
        return wanted with { Target = target, Value = target!.ToString(), Preference = isMx ? (ushort)priority! : null };
    }

    private static Wanted Joined(IEnumerable<Wanted> same)
    {
        var all = same.ToList();
        return all.Count == 1 ? all[0] : all[0] with
        {
            Purpose = all.Select(wanted => wanted.Purpose).Min(StringComparer.Ordinal)!,
            Identities = [.. all.SelectMany(wanted => wanted.Identities).Distinct().Order(StringComparer.Ordinal)],
            IsOptional = all.TrueForAll(wanted => wanted.IsOptional),
            TimeToLive = all.Min(wanted => wanted.TimeToLive),
            Spf = all[0].Spf is null ? null : SpfMerge.Unite([.. all.Select(wanted => wanted.Spf!)]),
        };
    }

    private static Wanted Printed(Wanted wanted) => wanted with { Value = wanted.Spf!.ToString() };

    private static bool IsText(string value)
    {
        try
        {
            return value.Length <= WantedRecord.MaximumValueLength && Strict.GetByteCount(value) <= WantedRecord.MaximumValueLength;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsCode(string? code) =>
        code is { Length: >= 1 and <= MaximumCodeLength } && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static void Require([DoesNotReturnIf(false)] bool isMet, string otherwise)
    {
        if (!isMet)
        {
            throw Refused(otherwise);
        }
    }

    private static ArgumentException Refused(string why) => new(why);
}
