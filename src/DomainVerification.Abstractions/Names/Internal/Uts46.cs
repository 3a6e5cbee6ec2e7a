using System.Runtime.InteropServices;
using System.Text;

namespace DomainVerification.Names.Internal;

/// <summary>
/// ToASCII of UTS #46, sections 4 and 4.2: non-transitional, with CheckHyphens, CheckBidi, CheckJoiners and UseSTD3ASCIIRules. The lengths
/// (VerifyDnsLength) and empty labels are mostly left to <see cref="AsciiNameRules"/>, which looks at every name.
/// </summary>
internal static class Uts46
{
    /// <summary>Text is at most <see cref="DomainNameParser.MaxInputLength"/> long, so that no step can take long.</summary>
    internal static DomainVerificationError? ToAscii(ReadOnlySpan<char> text, out string? ascii)
    {
        ascii = null;
        if (Map(text, out var mapped) is { } refused)
        {
            return refused;
        }

        if (mapped.Count == 0)
        {
            return Refusal.Empty();
        }

        var labels = Split(Nfc.Normalize(mapped));
        var output = new StringBuilder(text.Length + 8);
        for (var i = 0; i < labels.Count; i++)
        {
            if (i > 0)
            {
                output.Append('.');
            }

            if (AppendLabel(labels[i], text, output, out var unicode) is { } error)
            {
                return error;
            }

            labels[i] = unicode;
        }

        if (labels.Exists(label => BidiRule.IsRightToLeft(label))
            && labels.Exists(label => label.Length > 0 && !BidiRule.IsObeyed(label)))
        {
            return Refusal.BreaksBidiRule(text);
        }

        ascii = output.ToString();
        return null;
    }

    private static DomainVerificationError? Map(ReadOnlySpan<char> text, out List<int> mapped)
    {
        mapped = new List<int>(text.Length);
        // A lone surrogate comes out as U+FFFD, which is disallowed.
        foreach (var rune in text.EnumerateRunes())
        {
            var mapping = UnicodeData.Instance.MappingOf(rune.Value);
            switch (mapping.Action)
            {
                case MappingAction.Valid:
                    mapped.Add(rune.Value);
                    break;
                case MappingAction.Shifted:
                    mapped.Add(rune.Value + mapping.Payload);
                    break;
                case MappingAction.Replaced:
                    mapped.AddRange(UnicodeData.Instance.ReplacementAt(mapping.Payload));
                    break;
                case MappingAction.Disallowed:
                    return Refusal.InvalidCharacter(text, rune);
            }
        }

        return null;
    }

    private static List<int[]> Split(List<int> codePoints)
    {
        var labels = new List<int[]>();
        var start = 0;
        for (int dot; (dot = codePoints.IndexOf('.', start)) >= 0; start = dot + 1)
        {
            labels.Add([.. CollectionsMarshal.AsSpan(codePoints)[start..dot]]);
        }

        labels.Add([.. CollectionsMarshal.AsSpan(codePoints)[start..]]);
        return labels;
    }

    private static DomainVerificationError? AppendLabel(int[] label, ReadOnlySpan<char> text, StringBuilder output, out int[] unicode)
    {
        unicode = label;
        // No code point takes less than one character, so a label this long is refused before anything is computed over it.
        if (label.Length > AsciiNameRules.MaxLabelLength)
        {
            return Refusal.LabelTooLong(text);
        }

        if (label is ['x', 'n', '-', '-', ..])
        {
            return AppendALabel(label, text, output, out unicode);
        }

        switch (LabelRules.Check(label, out var place))
        {
            case LabelFault.BadHyphen:
                return Refusal.BadHyphen(text, TextOf(label));
            case LabelFault.InvalidCodePoint:
                return Refusal.InvalidCharacter(text, new Rune(label[place]));
            case LabelFault.MisplacedCodePoint:
                return Refusal.MisplacedCharacter(text, new Rune(label[place]));
        }

        output.Append(IsAscii(label) ? TextOf(label) : Punycode.Prefix + Punycode.Encode(label));
        return null;
    }

    private static DomainVerificationError? AppendALabel(int[] label, ReadOnlySpan<char> text, StringBuilder output, out int[] unicode)
    {
        var aLabel = TextOf(label);
        var encoded = aLabel[Punycode.Prefix.Length..];
        unicode = [.. Punycode.Decode(encoded) ?? []];
        output.Append(aLabel);
        return !IsAscii(unicode)
            && LabelRules.Check(unicode, out _) == LabelFault.None
            && unicode.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(Nfc.Normalize(unicode)))
            && encoded == Punycode.Encode(unicode)
                ? null
                : Refusal.InvalidPunycode(text, aLabel);
    }

    private static bool IsAscii(int[] label) => Array.TrueForAll(label, codePoint => codePoint < 0x80);

    private static string TextOf(int[] label) => string.Concat(label.Select(char.ConvertFromUtf32));
}
