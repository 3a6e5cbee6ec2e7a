using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>The random upper and lower case of the name in a query over UDP.</summary>
public sealed class OutgoingQueryCaseTests
{
    private const int HeaderLength = 12;

    [Fact]
    public void AnyName_IsTheSameButForTheCaseOfItsLetters() =>
        Prop.ForAll(DnsArbitraries.Name, name =>
        {
            var sent = Send(name);
            var given = name.WireForm.ToArray();
            return sent.Zip(given).All(pair => pair.First == pair.Second || (IsLetter(pair.Second) && pair.First == (pair.Second ^ 0x20)))
                && DnsName.EqualIgnoringCase(sent, given);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EveryOctet_OnlyLettersAreFlipped_AndEachBothWays()
    {
        foreach (var octet in Enumerable.Range(0, 256).Select(value => (byte)value))
        {
            var name = DnsName.Parse(string.Concat(Enumerable.Repeat($"\\{octet:D3}", 63)) + ".");

            var seen = Enumerable.Range(0, 4).SelectMany(_ => Send(name)[1..^1]).Distinct().Order();

            Assert.Equal(IsLetter(octet) ? [(byte)(octet & ~0x20), (byte)(octet | 0x20)] : [octet], seen);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(63)]
    public void LongestName_EachLetterIsFlippedByABitOfItsOwn(int labelLength)
    {
        var label = new string('a', labelLength);
        var name = DnsName.Parse(string.Join('.', Enumerable.Repeat(label, 254 / (labelLength + 1))) + ".");
        var sendings = Enumerable.Range(0, 200).Select(_ => Send(name)).ToList();
        int[] letters = [.. Enumerable.Range(0, name.WireForm.Length).Where(at => IsLetter(name.WireForm[at]))];

        foreach (var at in letters)
        {
            Assert.Equal(2, Pairs(at, at));

            // A bit that two letters share, as it is or turned round, gives two pairs.
            Assert.All(letters.TakeWhile(other => other < at), other => Assert.Equal(4, Pairs(at, other)));
        }

        int Pairs(int at, int other)
        {
            var seen = 0;
            foreach (var sent in sendings)
            {
                seen |= 1 << (((sent[at] & 0x20) >> 4) | ((sent[other] & 0x20) >> 5));
            }

            return int.PopCount(seen);
        }
    }

    [Theory]
    [InlineData(DnsTransportKind.Tcp)]
    [InlineData(DnsTransportKind.Tls)]
    [InlineData(DnsTransportKind.Https)]
    public void OtherTransports_LeaveTheNameAsItIs(DnsTransportKind kind)
    {
        var name = DnsName.Parse("MiXeD-caSe.example.COM");

        Assert.All(Enumerable.Range(0, 16), _ => Assert.Equal(name.WireForm.ToArray(), Send(name, kind)));
    }

    private static byte[] Send(DnsName name, DnsTransportKind kind = DnsTransportKind.Udp)
    {
        using OutgoingQuery query = new(new DnsQuery(new DnsQuestion(name, DnsRecordType.TXT), DnsHeaderFlags.RecursionDesired, null), kind);
        return query.Message.Slice(HeaderLength, name.WireForm.Length).ToArray();
    }

    private static bool IsLetter(byte octet) => char.IsAsciiLetter((char)octet);
}
