using System.Text;

namespace DomainVerification.Names.Internal;

/// <summary>Turns canonical names into what people read. The A-labels were validated when the name was parsed.</summary>
internal static class UnicodeForm
{
    internal static string Of(string canonical)
    {
        if (!canonical.Contains(Punycode.Prefix, StringComparison.Ordinal))
        {
            return canonical;
        }

        var shown = new StringBuilder(canonical.Length);
        foreach (var range in canonical.AsSpan().Split('.'))
        {
            if (shown.Length > 0)
            {
                shown.Append('.');
            }

            var label = canonical.AsSpan(range);
            if (!label.StartsWith(Punycode.Prefix, StringComparison.Ordinal))
            {
                shown.Append(label);
                continue;
            }

            foreach (var codePoint in Punycode.Decode(label[Punycode.Prefix.Length..])!)
            {
                shown.Append(char.ConvertFromUtf32(codePoint));
            }
        }

        return shown.ToString();
    }
}
