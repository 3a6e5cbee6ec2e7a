using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class DnsMessageFuzzTests
{
    private const int Packets = 200_000;

    [Fact]
    public void TryRead_AnyWrittenMessage_WritesBackTheSameOctets() =>
        Prop.ForAll(DnsArbitraries.Message, message =>
        {
            var octets = DnsMessageWriter.Write(message);
            Assert.True(DnsMessageReader.TryRead(octets, out var read, out var error), error.ToString());
            Assert.Equal(octets, DnsMessageWriter.Write(read));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_AnyOctets_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
        {
            var isTaken = DnsMessageReader.TryRead(octets, out _, out var error);
            Assert.Equal(isTaken, error.Kind == DnsReadErrorKind.None);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void W21_MutatedPackets_AreReadOrRefusedButNeverThrow()
    {
        Random random = new(20_260_101);
        byte[][] seeds = [.. Seeds().Select(DnsMessageWriter.Write)];
        var packet = new byte[2048];
        var taken = 0;
        for (var i = 0; i < Packets; i++)
        {
            var length = Mutate(seeds[random.Next(seeds.Length)], packet, random);
            if (!DnsMessageReader.TryRead(packet.AsSpan(0, length), out var message, out var error))
            {
                Assert.NotEqual(DnsReadErrorKind.None, error.Kind);
                Assert.InRange(error.Offset, 0, length);
                continue;
            }

            // What was taken must be good enough to be written and read again.
            taken++;
            Assert.True(DnsMessageReader.TryRead(DnsMessageWriter.Write(message), out _, out error), error.ToString());
        }

        // A fuzzer whose packets are all taken, or all refused, tests nothing.
        Assert.InRange(taken, Packets / 100, Packets * 9 / 10);
    }

    [Fact]
    public void W21_WorstCompression_IsBoundedWork()
    {
        // As many records as there may be, each with an owner of 127 labels behind the longest chain of pointers.
        var packet = Packet.Header(0, DnsMessageReader.MaxRecords).Octets(0);
        packet.Fixed((DnsRecordType)65280, 255 + (2 * 31));
        var previous = packet.Length;
        for (var i = 0; i < 127; i++)
        {
            packet.Label("a");
        }

        packet.Octets(0);
        for (var i = 0; i < 31; i++)
        {
            var here = packet.Length;
            packet.Pointer(previous);
            previous = here;
        }

        for (var i = 1; i < DnsMessageReader.MaxRecords; i++)
        {
            packet.Pointer(previous).Fixed((DnsRecordType)65280, 0);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(DnsMessageReader.TryRead(packet.ToArray(), out _, out var error), error.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static int Mutate(byte[] seed, byte[] packet, Random random)
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

    private static IEnumerable<DnsMessage> Seeds()
    {
        DnsName owner = DnsName.Parse("_acme-challenge.example.com");
        DnsName target = DnsName.Parse("challenge.elsewhere.example.net");
        DnsQuestion question = new(owner, DnsRecordType.TXT);
        DnsEdns edns = new() { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, new byte[8])] };
        TimeSpan minute = TimeSpan.FromMinutes(1);
        yield return DnsMessage.CreateQuery(1, question, edns);
        yield return new DnsMessage
        {
            Flags = DnsHeaderFlags.Response,
            Questions = [question],
            Answers = [new DnsCnameRecord(owner, minute, target), new DnsTxtRecord(target, minute, new string('t', 300))],
            Edns = edns,
        };
        yield return new DnsMessage
        {
            Flags = DnsHeaderFlags.Response,
            ResponseCode = DnsResponseCode.NxDomain,
            Questions = [question],
            Authorities = [new DnsSoaRecord(DnsName.Parse("example.com"), minute, target, owner) { Minimum = 60 }],
            Edns = new DnsEdns(),
        };
        yield return new DnsMessage
        {
            Flags = DnsHeaderFlags.Response,
            Questions = [new DnsQuestion(owner, DnsRecordType.ANY)],
            Answers =
            [
                new DnsDnameRecord(DnsName.Parse("example.com"), minute, DnsName.Parse("example.net")),
                new DnsMxRecord(owner, minute, 1, target),
                new DnsARecord(owner, minute, IPAddress.Loopback),
                new DnsAaaaRecord(owner, minute, IPAddress.IPv6Loopback),
                new DnsUnknownRecord(owner, DnsRecordType.CAA, minute, new byte[] { 0, 5, 1, 2, 3, 4, 5 }),
            ],
            Additionals = [new DnsNsRecord(owner, minute, target)],
        };
    }
}
