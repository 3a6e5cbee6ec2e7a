using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class DnsMessageFuzzTests
{
    private const int DefaultPackets = 200_000;

    /// <summary>A packet of so few octets must not cost more than this, whatever it says of itself.</summary>
    private const int MostOctetsAllocated = 256 * 1024;

    private static readonly int Packets = Number("DOMAINVERIFICATION_FUZZ_PACKETS", DefaultPackets);

    private static readonly int Seed = Number("DOMAINVERIFICATION_FUZZ_SEED", 20_260_101);

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
        Random random = new(Seed);
        byte[][] seeds = [.. Seeds().Select(DnsMessageWriter.Write)];
        var packet = new byte[2048];
        var taken = 0;
        for (var i = 0; i < Packets; i++)
        {
            var length = PacketMutation.Mutate(seeds[random.Next(seeds.Length)], packet, random);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            DnsMessageReader.TryRead(packet.AsSpan(0, length), out _, out _);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, MostOctetsAllocated);
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

    /// <summary>
    /// A response whose question is known is read by a shorter way, which leaves what stands behind the answers for later. It has to take
    /// and to refuse the same packets, and to hold the same.
    /// </summary>
    [Fact]
    public void W21_ResponsesToAKnownQuestion_AreReadAsAnyMessageIs()
    {
        Random random = new(Seed);
        var question = new DnsQuestion(DnsName.Parse("_acme-challenge.example.com"), DnsRecordType.TXT);
        byte[][] seeds = [.. Responses(question).Select(DnsMessageWriter.Write)];
        var packet = new byte[2048];
        var (taken, left) = (0, 0);
        for (var i = 0; i < Packets; i++)
        {
            var seed = seeds[random.Next(seeds.Length)];
            var length = PacketMutation.Mutate(seed, packet, random);

            // As whoever calls it does: the question has been compared before.
            var untouched = Math.Min(12 + question.Name.WireForm.Length + 4, length);
            seed.AsSpan(4, 2).CopyTo(packet.AsSpan(4));
            seed.AsSpan(12, untouched - 12 < 0 ? 0 : untouched - 12).CopyTo(packet.AsSpan(12));
            var octets = packet.AsSpan(0, Math.Max(length, 12));

            var isTaken = DnsMessageReader.TryRead(octets, out var whole, out var error);
            Assert.Equal(isTaken, DnsMessageReader.TryReadResponse(octets, question, out var message, out var otherError));
            Assert.Equal(error, otherError);
            if (isTaken)
            {
                taken++;
                left += message!.Rest is null ? 0 : 1;
                Assert.False(message.Rest is not null && whole!.Authorities.OfType<DnsSoaRecord>().Any());
                Assert.Equal(DnsMessageWriter.Write(whole!), DnsMessageWriter.Write(message));
            }
        }

        Assert.InRange(taken, Packets / 100, Packets * 9 / 10);
        Assert.InRange(left, Packets / 1000, taken);
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;

    private static IEnumerable<DnsMessage> Responses(DnsQuestion question)
    {
        TimeSpan minute = TimeSpan.FromMinutes(1);
        DnsName zone = DnsName.Parse("example.com");
        DnsName host = DnsName.Parse("ns.example.com");
        DnsEdns edns = new() { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, new byte[16])] };
        var plain = new DnsMessage
        {
            Flags = DnsHeaderFlags.Response | DnsHeaderFlags.AuthoritativeAnswer,
            Questions = [question],
            Answers = [new DnsTxtRecord(question.Name, minute, "token=abc"), new DnsTxtRecord(question.Name, minute, new string('t', 300))],
            Authorities = [new DnsNsRecord(zone, minute, host), new DnsNsRecord(zone, minute, DnsName.Parse("ns.example.net"))],
            Additionals = [new DnsARecord(host, minute, IPAddress.Loopback), new DnsAaaaRecord(host, minute, IPAddress.IPv6Loopback)],
            Edns = edns,
        };
        yield return plain;
        yield return With(plain, [new DnsSoaRecord(zone, minute, host, host)], []);
        yield return With(plain, [], [new DnsTxtRecord(host, minute, "more")]);
        yield return With(plain, [], []);
    }

    private static DnsMessage With(DnsMessage message, IReadOnlyList<DnsRecord> authorities, IReadOnlyList<DnsRecord> additionals) => new()
    {
        Flags = message.Flags,
        Questions = message.Questions,
        Answers = message.Answers,
        Authorities = authorities,
        Additionals = additionals,
        Edns = message.Edns,
    };

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
