namespace DomainVerification.Names.Internal;

/// <summary>
/// Normalization form C over the pinned data. The runtime's own depends on the machine's ICU, and does nothing under invariant
/// globalization. Complete for mapped text: the mapping of UTS #46 has replaced every code point that NFC would by itself.
/// </summary>
internal static class Nfc
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    internal static List<int> Normalize(IReadOnlyList<int> codePoints)
    {
        var decomposed = new List<int>(codePoints.Count);
        foreach (var codePoint in codePoints)
        {
            Decompose(codePoint, decomposed);
        }

        Reorder(decomposed);
        return Compose(decomposed);
    }

    private static void Decompose(int codePoint, List<int> output)
    {
        var syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            output.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            output.Add(VowelBase + (syllable / TrailCount % VowelCount));
            if (syllable % TrailCount != 0)
            {
                output.Add(TrailBase + (syllable % TrailCount));
            }
        }
        else if (UnicodeData.Instance.TryDecompose(codePoint, out var first, out var second))
        {
            Decompose(first, output);
            Decompose(second, output);
        }
        else
        {
            output.Add(codePoint);
        }
    }

    /// <summary>Sorts each sequence of combining marks by class, keeping the order of equal ones.</summary>
    private static void Reorder(List<int> codePoints)
    {
        for (var i = 1; i < codePoints.Count; i++)
        {
            var codePoint = codePoints[i];
            var combiningClass = CombiningClass(codePoint);
            if (combiningClass == 0)
            {
                continue;
            }

            var place = i;
            for (; place > 0 && CombiningClass(codePoints[place - 1]) > combiningClass; place--)
            {
                codePoints[place] = codePoints[place - 1];
            }

            codePoints[place] = codePoint;
        }
    }

    /// <summary>
    /// Joins each character with the last starter before it, unless a character of the same or a higher class stands between.
    /// </summary>
    private static List<int> Compose(List<int> decomposed)
    {
        var composed = new List<int>(decomposed.Count);
        var starter = -1;
        var classBefore = 0;
        foreach (var codePoint in decomposed)
        {
            var combiningClass = CombiningClass(codePoint);
            var reachesStarter = starter >= 0 && (starter == composed.Count - 1 || classBefore < combiningClass);
            if (reachesStarter && TryCompose(composed[starter], codePoint, out var composite))
            {
                composed[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = composed.Count;
            }

            classBefore = combiningClass;
            composed.Add(codePoint);
        }

        return composed;
    }

    private static bool TryCompose(int first, int second, out int composite)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composite = SyllableBase + (((lead * VowelCount) + vowel) * TrailCount);
            return true;
        }

        var syllable = first - SyllableBase;
        var trail = second - TrailBase;
        if (syllable is >= 0 and < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            composite = first + trail;
            return true;
        }

        return UnicodeData.Instance.TryCompose(first, second, out composite);
    }

    private static int CombiningClass(int codePoint) => UnicodeData.Instance.PropertiesOf(codePoint).CombiningClass;
}
