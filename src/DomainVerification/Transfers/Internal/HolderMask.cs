namespace DomainVerification.Transfers.Internal;

/// <summary>The masked form of an owner's identifier.</summary>
internal static class HolderMask
{
    private const int ShortestShown = 12;
    private const string Hidden = "…";

    /// <summary>The two ends of a long identifier; nothing of a short one, which its ends would give away.</summary>
    public static string Of(string owner) => owner.Length < ShortestShown
        ? Hidden
        : string.Concat(Whole(owner.AsSpan(0, 2)), Hidden, Whole(owner.AsSpan(owner.Length - 2)));

    /// <summary>A character of two units must not be cut.</summary>
    private static string Whole(ReadOnlySpan<char> end) =>
        char.IsLowSurrogate(end[0]) || char.IsHighSurrogate(end[1]) ? string.Empty : end.ToString();
}
