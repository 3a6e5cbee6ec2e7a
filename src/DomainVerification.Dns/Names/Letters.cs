using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>The case of ASCII letters among octets, eight at a time.</summary>
internal static class Letters
{
    private const ulong Each = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x80 * Each;
    private const ulong CaseBits = 0x20 * Each;

    /// <summary>Copies octets, letters in lower case.</summary>
    public static void Fold(ReadOnlySpan<byte> octets, Span<byte> folded)
    {
        while (octets.Length >= sizeof(ulong))
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(octets);
            BinaryPrimitives.WriteUInt64LittleEndian(folded, eight | CaseBitsOfLetters(eight));
            octets = octets[sizeof(ulong)..];
            folded = folded[sizeof(ulong)..];
        }

        for (var i = 0; i < octets.Length; i++)
        {
            folded[i] = Fold(octets[i]);
        }
    }

    public static byte Fold(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    /// <summary>Turns the case of each letter whose bit is set: bit 0 of the first octet is for the first of them.</summary>
    public static void Turn(Span<byte> octets, ReadOnlySpan<byte> bits)
    {
        while (octets.Length >= sizeof(ulong))
        {
            TurnEight(octets, bits[0]);
            octets = octets[sizeof(ulong)..];
            bits = bits[1..];
        }

        if (!octets.IsEmpty)
        {
            Span<byte> rest = stackalloc byte[sizeof(ulong)];
            octets.CopyTo(rest);
            TurnEight(rest, bits[0]);
            rest[..octets.Length].CopyTo(octets);
        }
    }

    private static void TurnEight(Span<byte> octets, byte bits)
    {
        var eight = BinaryPrimitives.ReadUInt64LittleEndian(octets);
        BinaryPrimitives.WriteUInt64LittleEndian(octets, eight ^ (CaseBitsOfLetters(eight) & CaseBitsOf(bits)));
    }

    /// <summary>0x20 in the place of each octet that is a letter.</summary>
    private static ulong CaseBitsOfLetters(ulong octets)
    {
        // Without the highest bit of each octet, no sum of one reaches into the next.
        var lower = (octets | CaseBits) & ~HighBits;
        var notBefore = lower + ((0x80 - 'a') * Each);
        var after = lower + ((0x7F - 'z') * Each);
        return (notBefore & ~after & ~octets & HighBits) >> 2;
    }

    /// <summary>0x20 in the place of each octet whose bit is set.</summary>
    private static ulong CaseBitsOf(byte bits)
    {
        var own = (bits * Each) & 0x8040_2010_0804_0201;
        return ((own + (0x7F * Each)) & HighBits) >> 2;
    }
}
