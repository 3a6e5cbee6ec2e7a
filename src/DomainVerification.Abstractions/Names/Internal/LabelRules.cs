namespace DomainVerification.Names.Internal;

/// <summary>What is wrong with a label in its Unicode form.</summary>
internal enum LabelFault
{
    None,
    BadHyphen,
    InvalidCodePoint,
    MisplacedCodePoint,
}

/// <summary>The validity criteria of UTS #46, section 4.1, for one label, save for NFC and the Bidi rule.</summary>
internal static class LabelRules
{
    /// <summary>Looks at a label without dots; <paramref name="place"/> is that of the code point at fault, where one is.</summary>
    internal static LabelFault Check(ReadOnlySpan<int> label, out int place)
    {
        place = IndexOfInvalid(label);
        if (place >= 0)
        {
            return LabelFault.InvalidCodePoint;
        }

        if (label.IsEmpty)
        {
            return LabelFault.None;
        }

        if (HasBadHyphen(label, '-'))
        {
            return LabelFault.BadHyphen;
        }

        place = UnicodeData.Instance.PropertiesOf(label[0]).IsMark ? 0 : JoinerRule.IndexOfMisplaced(label);
        return place < 0 ? LabelFault.None : LabelFault.MisplacedCodePoint;
    }

    /// <summary>
    /// Third and fourth place are kept for prefixes like <c>xn--</c>, the only one in use (UTS #46, validity criterion 2).
    /// </summary>
    internal static bool HasBadHyphen<T>(ReadOnlySpan<T> label, T hyphen)
        where T : IEquatable<T> =>
        label[0].Equals(hyphen) || label[^1].Equals(hyphen) || (label.Length >= 4 && label[2].Equals(hyphen) && label[3].Equals(hyphen));

    private static int IndexOfInvalid(ReadOnlySpan<int> label)
    {
        for (var i = 0; i < label.Length; i++)
        {
            if (UnicodeData.Instance.MappingOf(label[i]).Action != MappingAction.Valid)
            {
                return i;
            }
        }

        return -1;
    }
}
