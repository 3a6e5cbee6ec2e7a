namespace DomainVerification.Names.Internal;

/// <summary>
/// The Unicode 15.0.0 data that UTS #46 needs, carried along so that neither the machine's ICU nor invariant globalization changes what a
/// name means. Read from the embedded file on first use; the format is described in <c>Names/Data/generate.mjs</c>.
/// </summary>
internal sealed class UnicodeData
{
    private const string ResourceName = "DomainVerification.unicode-15.0.0.bin";

    private readonly MappingRun[] _mapping;
    private readonly PropertyRun[] _properties;
    private readonly Dictionary<(int First, int Second), int> _composites;
    private readonly Dictionary<int, (int First, int Second)> _decompositions;

    private UnicodeData(Leb128Reader reader)
    {
        _mapping = ReadMapping(ref reader);
        _properties = ReadProperties(ref reader);
        _composites = ReadCompositions(ref reader);
        _decompositions = _composites.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    internal static UnicodeData Instance { get; } = Load();

    /// <summary>What UTS #46 does with a code point, with UseSTD3ASCIIRules and without transitional processing.</summary>
    internal MappingRun MappingOf(int codePoint) => _mapping[LastStartingAtOrBefore(_mapping, codePoint)];

    /// <summary>The properties of a code point that is valid in UTS #46; those of others are not kept.</summary>
    internal CodePointProperties PropertiesOf(int codePoint) =>
        new(_properties[LastStartingAtOrBefore(_properties, codePoint)].Packed);

    /// <summary>The two code points that make up <paramref name="composite"/>, where it is one that NFC produces.</summary>
    internal bool TryDecompose(int composite, out (int First, int Second) parts) => _decompositions.TryGetValue(composite, out parts);

    /// <summary>The one code point that NFC puts in the place of two.</summary>
    internal bool TryCompose(int first, int second, out int composite) => _composites.TryGetValue((first, second), out composite);

    private static UnicodeData Load()
    {
        using Stream stream = typeof(UnicodeData).Assembly.GetManifestResourceStream(ResourceName)!;
        byte[] data = new byte[stream.Length];
        stream.ReadExactly(data);
        return new UnicodeData(new Leb128Reader(data));
    }

    private static int LastStartingAtOrBefore<TRun>(TRun[] runs, int codePoint)
        where TRun : struct, IRun
    {
        int low = 0;
        int high = runs.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (runs[middle].Start <= codePoint)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private static MappingRun[] ReadMapping(ref Leb128Reader reader)
    {
        var runs = new MappingRun[reader.Next()];
        int start = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            int length = reader.Next();
            var action = (MappingAction)reader.Next();
            int distance = action == MappingAction.Shifted ? reader.NextSigned() : 0;
            int[] replacement = action == MappingAction.Replaced ? reader.NextArray() : [];
            runs[i] = new MappingRun(start, action, distance, replacement);
            start += length;
        }

        return runs;
    }

    private static PropertyRun[] ReadProperties(ref Leb128Reader reader)
    {
        var runs = new PropertyRun[reader.Next()];
        int start = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            int length = reader.Next();
            runs[i] = new PropertyRun(start, reader.Next());
            start += length;
        }

        return runs;
    }

    private static Dictionary<(int First, int Second), int> ReadCompositions(ref Leb128Reader reader)
    {
        int count = reader.Next();
        var composites = new Dictionary<(int First, int Second), int>(count);
        for (int composite = 0; composites.Count < count;)
        {
            composite += reader.NextSigned();
            composites.Add((reader.Next(), reader.Next()), composite);
        }

        return composites;
    }
}
