namespace DomainVerification.Dns.Tests;

/// <summary>Breaks packets as networks and attackers do: bits, counts, lengths, pointers, cuts and copies.</summary>
internal static class PacketMutation
{
    /// <summary>Writes a broken copy of a packet; gives its length.</summary>
    public static int Mutate(byte[] seed, byte[] packet, Random random)
    {
        seed.CopyTo(packet, 0);
        var length = seed.Length;
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var place = random.Next(length);
            switch (random.Next(6))
            {
                case 0:
                    packet[place] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    packet[place] = (byte)random.Next(256);
                    break;

                case 2:
                    packet[place] = (byte)(0xC0 | random.Next(2));
                    break;

                case 3:
                    length = Math.Max(1, place);
                    break;

                case 4:
                    var count = Math.Min(random.Next(1, 20), length - place);
                    packet.AsSpan(random.Next(length - count + 1), count).CopyTo(packet.AsSpan(place));
                    break;

                default:
                    packet[random.Next(Math.Min(12, length))] = (byte)random.Next(4);
                    break;
            }
        }

        return length;
    }
}
