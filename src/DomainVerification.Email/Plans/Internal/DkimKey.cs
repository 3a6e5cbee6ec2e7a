namespace DomainVerification.Email.Plans.Internal;

/// <summary>A DKIM key record (RFC 6376, section 3.6.1), compared by what its tags say.</summary>
internal sealed class DkimKey
{
    private readonly SortedDictionary<string, string> _tags;

    private DkimKey(SortedDictionary<string, string> tags) => _tags = tags;

    public static bool IsName(string name) => name.Contains("._domainkey.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a tag list (section 3.2); null for a text that is none, or has no key in it.</summary>
    public static DkimKey? Parse(string text)
    {
        SortedDictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var part in text.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                if (part.Trim().Length > 0)
                {
                    return null;
                }

                continue;
            }

            var name = part[..equals].Trim();
            if (name.Length == 0 || !tags.TryAdd(name, Squeezed(part[(equals + 1)..])))
            {
                return null;
            }
        }

        return tags.ContainsKey("p") && tags.GetValueOrDefault("v", "DKIM1") == "DKIM1" ? new DkimKey(WithoutDefaults(tags)) : null;
    }

    public bool IsSame(DkimKey? other) => other is not null && _tags.SequenceEqual(other._tags);

    /// <summary>Notes are for people, and what stands for the default says nothing.</summary>
    private static SortedDictionary<string, string> WithoutDefaults(SortedDictionary<string, string> tags)
    {
        tags.Remove("n");
        tags.Remove("v");
        foreach (var (name, value) in new[] { ("k", "rsa"), ("s", "*"), ("t", string.Empty) })
        {
            if (tags.GetValueOrDefault(name) == value)
            {
                tags.Remove(name);
            }
        }

        return tags;
    }

    // White space may be folded into any value, and base64 and lists ignore it (sections 2.8 and 3.2).
    private static string Squeezed(string value) => string.Concat(value.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
}
