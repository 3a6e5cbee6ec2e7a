using System.Globalization;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The tags of a DMARC record that plans need (RFC 7489, section 6.3).</summary>
internal sealed record DmarcRecord(bool IsStrictDkim, bool IsStrictSpf, bool IsEnforced)
{
    public const string Version = "v=DMARC1";

    /// <summary>What holds where there is no record.</summary>
    public static DmarcRecord Default { get; } = new(IsStrictDkim: false, IsStrictSpf: false, IsEnforced: false);

    public static bool IsName(string name) => name.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text means to be a DMARC record, even if receivers do not take it for one.</summary>
    public static bool IsDmarc(string text) => text.TrimStart().StartsWith(Version, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a record.</summary>
    /// <param name="text">The text, its strings joined.</param>
    /// <param name="error">What is wrong, as the end of an English sentence that begins with "The DMARC record".</param>
    public static DmarcRecord? Parse(string text, out string? error)
    {
        if (!text.StartsWith(Version, StringComparison.Ordinal) || !text[Version.Length..].TrimStart().StartsWith(';'))
        {
            error = $"does not begin with exactly \"{Version};\"";
            return null;
        }

        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        error = ReadTags(text[Version.Length..], tags) ?? CheckTags(tags);
        return error is not null ? null : new DmarcRecord(
            IsStrict(tags, "adkim"),
            IsStrict(tags, "aspf"),
            tags.TryGetValue("p", out var policy) && !policy.Equals("none", StringComparison.OrdinalIgnoreCase));
    }

    private static string? ReadTags(string text, Dictionary<string, string> tags)
    {
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                return $"holds {SafeText.Quote(part)}, which is no tag with a value";
            }

            var name = part[..equals].TrimEnd();
            if (!tags.TryAdd(name, part[(equals + 1)..].TrimStart()))
            {
                return $"holds the tag {SafeText.Quote(name)} twice";
            }
        }

        return null;
    }

    private static string? CheckTags(Dictionary<string, string> tags)
    {
        // Without a policy, receivers take a record that asks for reports as "none" (section 6.6.3).
        if (!tags.ContainsKey("p") && !tags.ContainsKey("rua"))
        {
            return "has no policy: the tag \"p\" is missing";
        }

        return NotOneOf(tags, "p", "none", "quarantine", "reject")
            ?? NotOneOf(tags, "sp", "none", "quarantine", "reject")
            ?? NotOneOf(tags, "adkim", "r", "s")
            ?? NotOneOf(tags, "aspf", "r", "s")
            ?? (tags.TryGetValue("pct", out var percent) && !IsPercent(percent) ? $"has {SafeText.Quote("pct=" + percent)}" : null);
    }

    private static string? NotOneOf(Dictionary<string, string> tags, string name, params ReadOnlySpan<string> values)
    {
        if (!tags.TryGetValue(name, out var value))
        {
            return null;
        }

        foreach (var allowed in values)
        {
            if (value.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return $"has {SafeText.Quote($"{name}={value}")}, which is none of {string.Join(", ", values)}";
    }

    private static bool IsPercent(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100;

    private static bool IsStrict(Dictionary<string, string> tags, string name) =>
        tags.TryGetValue(name, out var value) && value.Equals("s", StringComparison.OrdinalIgnoreCase);
}
