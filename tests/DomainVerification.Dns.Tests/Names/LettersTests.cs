using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class LettersTests
{
    [Fact]
    public void Fold_IsWhatItIsForEachOctet() =>
        Prop.ForAll<byte[]>(octets =>
        {
            var folded = new byte[octets.Length];
            Letters.Fold(octets, folded);
            return folded.SequenceEqual(octets.Select(FoldOne));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fold_EveryOctetAtEveryPlace()
    {
        for (var octet = 0; octet < 256; octet++)
        {
            for (var length = 1; length <= 17; length++)
            {
                // Neighbours at both ends of the range, so that no octet can lend the next one a bit.
                foreach (var neighbour in (byte[])[0, 0x7F, 0x80, 0xFF])
                {
                    for (var at = 0; at < length; at++)
                    {
                        var octets = Enumerable.Repeat(neighbour, length).ToArray();
                        octets[at] = (byte)octet;
                        var folded = new byte[length];

                        Letters.Fold(octets, folded);

                        Assert.Equal(octets.Select(FoldOne), folded);
                    }
                }
            }
        }
    }

    [Fact]
    public void Turn_IsWhatItIsForEachOctet() =>
        Prop.ForAll<byte[], byte[]>((octets, seed) =>
        {
            byte[] bits = [.. seed, .. new byte[(octets.Length / 8) + 1]];
            var turned = octets.ToArray();
            Letters.Turn(turned, bits);
            return turned.SequenceEqual(octets.Select((octet, at) => IsSet(bits, at) && IsLetter(octet) ? (byte)(octet ^ 0x20) : octet));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Turn_TouchesNothingBehind()
    {
        var octets = Enumerable.Repeat((byte)'a', 20).ToArray();

        Letters.Turn(octets.AsSpan(0, 11), [0xFF, 0xFF]);

        Assert.Equal([.. Enumerable.Repeat((byte)'A', 11), .. Enumerable.Repeat((byte)'a', 9)], octets);
    }

    private static bool IsSet(byte[] bits, int at) => ((bits[at / 8] >> (at % 8)) & 1) != 0;

    private static bool IsLetter(byte octet) => char.IsAsciiLetter((char)octet);

    private static byte FoldOne(byte octet) => (byte)char.ToLowerInvariant((char)octet) is var lower && IsLetter(octet) ? lower : octet;
}
