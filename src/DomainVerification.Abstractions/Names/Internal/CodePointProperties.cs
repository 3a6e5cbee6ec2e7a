namespace DomainVerification.Names.Internal;

/// <summary>Bidi classes that RFC 5893 names; the numbers are those of the embedded data.</summary>
internal enum BidiClass
{
    L = 0,
    R = 1,
    AL = 2,
    AN = 3,
    EN = 4,
    ES = 5,
    CS = 6,
    ET = 7,
    ON = 8,
    BN = 9,
    NSM = 10,
    Other = 11,
}

/// <summary>How a letter joins its neighbours in cursive scripts; the numbers are those of the embedded data.</summary>
internal enum JoiningType
{
    NonJoining = 0,
    Left = 1,
    Right = 2,
    Dual = 3,
    Transparent = 4,
    Causing = 5,
}

/// <summary>The properties of one code point, as packed in the embedded data.</summary>
internal readonly struct CodePointProperties(int packed)
{
    private const int Virama = 9;

    internal BidiClass Bidi => (BidiClass)(packed & 0xF);

    internal JoiningType Joining => (JoiningType)((packed >> 4) & 0x7);

    internal bool IsMark => (packed & 0x80) != 0;

    /// <summary>The canonical combining class: 0 for a character that starts a new sequence.</summary>
    internal int CombiningClass => packed >> 8;

    internal bool IsVirama => CombiningClass == Virama;
}
