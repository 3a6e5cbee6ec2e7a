namespace DomainVerification.Names.Internal;

/// <summary>The Bidi rule for labels (RFC 5893, section 2, conditions 1 to 6).</summary>
internal static class BidiRule
{
    /// <summary>Whether the label has right-to-left characters; one such label puts every label of the name under the rule.</summary>
    internal static bool IsRightToLeft(ReadOnlySpan<int> label)
    {
        foreach (var codePoint in label)
        {
            if (ClassOf(codePoint) is BidiClass.R or BidiClass.AL or BidiClass.AN)
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsObeyed(ReadOnlySpan<int> label) => ClassOf(label[0]) switch
    {
        BidiClass.R or BidiClass.AL => IsGoodRightToLeft(label),
        BidiClass.L => IsGoodLeftToRight(label),
        _ => false,
    };

    private static bool IsGoodRightToLeft(ReadOnlySpan<int> label)
    {
        var hasEuropean = false;
        var hasArabic = false;
        foreach (var codePoint in label)
        {
            var bidi = ClassOf(codePoint);
            if (bidi is BidiClass.L or BidiClass.Other)
            {
                return false;
            }

            hasEuropean |= bidi == BidiClass.EN;
            hasArabic |= bidi == BidiClass.AN;
        }

        return !(hasEuropean && hasArabic)
            && LastClass(label) is BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN;
    }

    private static bool IsGoodLeftToRight(ReadOnlySpan<int> label)
    {
        foreach (var codePoint in label)
        {
            if (ClassOf(codePoint) is BidiClass.R or BidiClass.AL or BidiClass.AN or BidiClass.Other)
            {
                return false;
            }
        }

        return LastClass(label) is BidiClass.L or BidiClass.EN;
    }

    /// <summary>Trailing marks do not count.</summary>
    private static BidiClass LastClass(ReadOnlySpan<int> label)
    {
        var end = label.Length - 1;
        while (end > 0 && ClassOf(label[end]) == BidiClass.NSM)
        {
            end--;
        }

        return ClassOf(label[end]);
    }

    private static BidiClass ClassOf(int codePoint) => UnicodeData.Instance.PropertiesOf(codePoint).Bidi;
}
