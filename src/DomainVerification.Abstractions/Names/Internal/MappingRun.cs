namespace DomainVerification.Names.Internal;

/// <summary>A run of code points; it reaches up to the next run's start.</summary>
internal interface IRun
{
    int Start { get; }
}

/// <summary>The statuses of the UTS #46 mapping table, section 5; the numbers are those of the embedded data.</summary>
internal enum MappingAction
{
    Valid = 0,
    Disallowed = 1,
    Ignored = 2,
    Shifted = 3,
    Replaced = 4,
}

/// <summary>What happens to every code point of a run: kept, refused, dropped, moved by a distance, or replaced by several.</summary>
internal readonly record struct MappingRun(int Start, MappingAction Action, int Distance, int[] Replacement) : IRun;

/// <summary>A run of code points with equal <see cref="CodePointProperties"/>.</summary>
internal readonly record struct PropertyRun(int Start, int Packed) : IRun;
