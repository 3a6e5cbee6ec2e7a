namespace DomainVerification.Names.Internal;

/// <summary>
/// Zero-width joiners are seen only where a script gives them a meaning; elsewhere they would make two names that look alike
/// (RFC 5892, appendices A.1 and A.2).
/// </summary>
internal static class JoinerRule
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The place of the first joiner that may not stand where it does, or -1.</summary>
    internal static int IndexOfMisplaced(ReadOnlySpan<int> label)
    {
        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] is not (ZeroWidthNonJoiner or ZeroWidthJoiner) || FollowsVirama(label, i))
            {
                continue;
            }

            if (label[i] == ZeroWidthJoiner || !StandsBetweenJoiningLetters(label, i))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool FollowsVirama(ReadOnlySpan<int> label, int place) =>
        place > 0 && UnicodeData.Instance.PropertiesOf(label[place - 1]).IsVirama;

    private static bool StandsBetweenJoiningLetters(ReadOnlySpan<int> label, int place) =>
        Neighbour(label, place, step: -1) is JoiningType.Left or JoiningType.Dual
        && Neighbour(label, place, step: 1) is JoiningType.Right or JoiningType.Dual;

    private static JoiningType Neighbour(ReadOnlySpan<int> label, int place, int step)
    {
        for (var i = place + step; i >= 0 && i < label.Length; i += step)
        {
            var joining = UnicodeData.Instance.PropertiesOf(label[i]).Joining;
            if (joining != JoiningType.Transparent)
            {
                return joining;
            }
        }

        return JoiningType.NonJoining;
    }
}
