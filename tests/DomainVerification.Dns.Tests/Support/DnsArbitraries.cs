using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>Random names, records and messages.</summary>
internal static class DnsArbitraries
{
    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(value => (byte)value);

    private static readonly Gen<string> Label =
        Gen.Choose(1, 12)
            .SelectMany(length => Octet.ArrayOf(length))
            .Select(octets => string.Concat(octets.Select(octet => $"\\{octet:D3}")));

    private static readonly Gen<DnsName> AnyName =
        Gen.Choose(0, 6).SelectMany(count => Label.ArrayOf(count)).Select(labels => DnsName.Parse(string.Join('.', labels) + "."));

    // Few names, so that suffixes are shared and get compressed.
    private static readonly Gen<DnsName> FewNames = Gen.Elements(
        DnsName.Root,
        DnsName.Parse("com"),
        DnsName.Parse("example.com"),
        DnsName.Parse("EXAMPLE.com"),
        DnsName.Parse("_acme-challenge.example.com"),
        DnsName.Parse("com.example"));

    private static readonly Gen<DnsName> Names = Gen.OneOf(AnyName, FewNames);

    private static readonly Gen<TimeSpan> TimesToLive = Gen.Choose(0, int.MaxValue).Select(seconds => TimeSpan.FromSeconds(seconds));

    private static readonly Gen<ReadOnlyMemory<byte>> Octets =
        Gen.Choose(0, 255).SelectMany(length => Octet.ArrayOf(length)).Select(octets => new ReadOnlyMemory<byte>(octets));

    private static readonly Gen<uint> Words = Gen.Choose(int.MinValue, int.MaxValue).Select(value => (uint)value);

    private static readonly Gen<DnsRecord> Records =
        from name in Names
        from timeToLive in TimesToLive
        from other in Names
        from word in Words
        from octets in Octets
        from strings in Octets.NonEmptyListOf()
        from kind in Gen.Choose(0, 8)
        select kind switch
        {
            0 => new DnsCnameRecord(name, timeToLive, other),
            1 => new DnsDnameRecord(name, timeToLive, other),
            2 => new DnsNsRecord(name, timeToLive, other),
            3 => new DnsMxRecord(name, timeToLive, (ushort)word, other),
            4 => new DnsSoaRecord(name, timeToLive, other, name) { Serial = word, Refresh = 1, Retry = word, Expire = 3, Minimum = ~word },
            5 => new DnsARecord(name, timeToLive, new IPAddress(word)),
            6 => new DnsAaaaRecord(name, timeToLive, new IPAddress(Enumerable.Repeat((byte)word, 16).ToArray())),
            7 => new DnsUnknownRecord(name, (DnsRecordType)65280, timeToLive, octets),
            _ => (DnsRecord)new DnsTxtRecord(name, timeToLive, strings),
        };

    private static readonly Gen<DnsEdns> Edns =
        from word in Words
        from options in Octets.ListOf()
        select new DnsEdns
        {
            UdpPayloadSize = (ushort)word,
            Version = (byte)(word >> 16),
            Flags = (DnsEdnsFlags)(word >> 16) & DnsEdnsFlags.DnssecOk,
            Options = [.. options.Take(8).Select(data => new DnsEdnsOption((DnsEdnsOptionCode)(word >> 8), data))],
        };

    private static readonly Gen<DnsMessage> Messages =
        from word in Words
        from name in Names
        from edns in Edns
        from answers in Records.ListOf()
        from authorities in Records.ListOf()
        from additionals in Records.ListOf()
        select new DnsMessage
        {
            Id = (ushort)word,
            Flags = (DnsHeaderFlags)(word >> 16) & (DnsHeaderFlags)0x87B0,
            OpCode = (DnsOpCode)((word >> 4) & 0xF),
            ResponseCode = (DnsResponseCode)(word & (word % 2 == 0 ? 0xFu : 0xFFFu)),
            Questions = word % 5 == 0 ? [] : [new DnsQuestion(name, (DnsRecordType)(word >> 3))],
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
            Edns = word % 2 == 0 ? null : edns,
        };

    public static Arbitrary<DnsName> Name => AnyName.ToArbitrary();

    public static Arbitrary<DnsMessage> Message => Messages.ToArbitrary();
}
