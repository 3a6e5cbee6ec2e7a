using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DomainVerification.Names.Internal;

/// <summary>
/// The Unicode 15.0.0 data that UTS #46 needs, carried along so that neither the machine's ICU nor invariant globalization changes what a
/// name means. Read from the embedded file on first use; the format is described in <c>Names/Data/generate.mjs</c>.
/// </summary>
internal sealed class UnicodeData
{
    private const string ResourceName = "DomainVerification.unicode-15.0.0.bin";
    private const int TableCount = 6;
    private const int CodePointBits = 21;

    private readonly int[] _mappingStarts;
    private readonly int[] _mappings;
    private readonly int[] _replacements;
    private readonly int[] _propertyStarts;
    private readonly int[] _properties;
    private readonly Dictionary<long, int> _composites;
    private readonly Dictionary<int, long> _decompositions;

    private UnicodeData(int[][] tables)
    {
        _mappingStarts = tables[0];
        _mappings = tables[1];
        _replacements = tables[2];
        _propertyStarts = tables[3];
        _properties = tables[4];

        var compositions = tables[5];
        _composites = new Dictionary<long, int>(compositions.Length / 3);
        _decompositions = new Dictionary<int, long>(compositions.Length / 3);
        for (var i = 0; i < compositions.Length; i += 3)
        {
            var parts = Pair(compositions[i + 1], compositions[i + 2]);
            _composites.Add(parts, compositions[i]);
            _decompositions.Add(compositions[i], parts);
        }
    }

    internal static UnicodeData Instance { get; } = new(ReadTables());

    /// <summary>What UTS #46 does with a code point, with UseSTD3ASCIIRules and without transitional processing.</summary>
    internal CodePointMapping MappingOf(int codePoint) => new(_mappings[RunOf(codePoint, _mappingStarts)]);

    /// <summary>The code points at the payload of a <see cref="MappingAction.Replaced"/> mapping.</summary>
    internal ReadOnlySpan<int> ReplacementAt(int place) => _replacements.AsSpan(place + 1, _replacements[place]);

    /// <summary>The properties of a code point that is valid in UTS #46; those of others are not kept.</summary>
    internal CodePointProperties PropertiesOf(int codePoint) => new(_properties[RunOf(codePoint, _propertyStarts)]);

    /// <summary>The two code points that make up <paramref name="composite"/>, where it is one that NFC produces.</summary>
    internal bool TryDecompose(int composite, out int first, out int second)
    {
        var found = _decompositions.TryGetValue(composite, out var parts);
        first = (int)(parts >> CodePointBits);
        second = (int)(parts & ((1 << CodePointBits) - 1));
        return found;
    }

    /// <summary>The one code point that NFC puts in the place of two.</summary>
    internal bool TryCompose(int first, int second, out int composite) => _composites.TryGetValue(Pair(first, second), out composite);

    private static long Pair(int first, int second) => ((long)first << CodePointBits) | (uint)second;

    private static int RunOf(int codePoint, int[] starts)
    {
        var found = Array.BinarySearch(starts, codePoint);
        return found >= 0 ? found : ~found - 1;
    }

    private static int[][] ReadTables()
    {
        using var stream = typeof(UnicodeData).Assembly.GetManifestResourceStream(ResourceName)!;
        var tables = new int[TableCount][];
        var lengths = ReadNumbers(stream, TableCount);
        for (var i = 0; i < TableCount; i++)
        {
            tables[i] = ReadNumbers(stream, lengths[i]);
        }

        return tables;
    }

    private static int[] ReadNumbers(Stream stream, int count)
    {
        var numbers = new int[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        }

        return numbers;
    }
}
