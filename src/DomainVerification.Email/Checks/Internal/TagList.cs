using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>A list of tags, <c>a=1; b=2</c>, as DKIM and DMARC write them (RFC 6376, section 3.2).</summary>
internal sealed class TagList
{
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>The name of the first tag; <see langword="null"/> where there is none.</summary>
    public string? First { get; private set; }

    /// <summary>
    /// Reads a list; <see langword="null"/> where the text is none: a part without a name or an equals sign, or a tag twice.
    /// </summary>
    public static TagList? Parse(string text)
    {
        var list = new TagList();
        var parts = text.Split(';');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim(' ', '\t', '\r', '\n');
            if (part.Length == 0 && i == parts.Length - 1)
            {
                break;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? string.Empty : part[..equals].TrimEnd(' ', '\t', '\r', '\n');
            if (!IsName(name) || !list._tags.TryAdd(name, part[(equals + 1)..].TrimStart(' ', '\t', '\r', '\n')))
            {
                return null;
            }

            list.First ??= name;
        }

        return list;
    }

    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => _tags.TryGetValue(name, out value);

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
