namespace DomainVerification.Names.Internal;

/// <summary>The statuses of the UTS #46 mapping table, section 5; the numbers are those of the embedded data.</summary>
internal enum MappingAction
{
    Valid = 0,
    Disallowed = 1,
    Ignored = 2,
    Shifted = 3,
    Replaced = 4,
}

/// <summary>What UTS #46 does with a code point, as packed in the embedded data.</summary>
internal readonly struct CodePointMapping(int packed)
{
    internal MappingAction Action => (MappingAction)(packed & 0x7);

    /// <summary>For a shifted code point the distance to the one it becomes; for a replaced one the place of its replacement.</summary>
    internal int Payload => packed >> 3;
}
