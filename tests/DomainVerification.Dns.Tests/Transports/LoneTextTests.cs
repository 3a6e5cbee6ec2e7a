using System.Buffers.Binary;
using static DomainVerification.Dns.Tests.Judgement;

namespace DomainVerification.Dns.Tests;

/// <summary>Which responses are taken for their text alone, and that all others end as if none were.</summary>
public sealed class LoneTextTests
{
    private const string Token = "token=abc";
    private const int NoError = 0x8180;
    private const int AuthenticData = 0x20;

    // A pointer into the question, behind the header: the name as a whole.
    private const int Owner = 12;

    private static readonly DnsQuestion Question = new(DnsName.Parse("_acme-challenge.example.com"), DnsRecordType.TXT);

    private static readonly Dictionary<string, Case> Taken = new()
    {
        ["no EDNS"] = new(null, Response().Text(Token)),
        ["no EDNS though some was sent"] = new(ClientCookie, Response().Text(Token)),
        ["EDNS though none was sent"] = new(null, Response(additionals: 1).Text(Token).Opt()),
        ["EDNS without options"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt()),
        ["EDNS with DO and another size"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(flags: 0x8000, size: 4096)),
        ["the cookie that was sent"] = new(WholeCookie, Response(additionals: 1).Text(Token).Opt(Option(10, WholeCookie))),
        ["name servers behind"] = new(null, Response(authorities: 2).Text(Token).NameServer().NameServer()),
        ["addresses behind"] = new(null, Response(additionals: 2).Text(Token).Address(4).Address(16)),
        ["all of it behind"] = new(
            WholeCookie,
            Response(authorities: 1, additionals: 3).Text(Token).NameServer().Address(4).Opt(Option(10, WholeCookie)).Address(16)),
        ["AD bit"] = new(null, Response(flags: NoError | AuthenticData).Text(Token)),
        ["AA bit, no recursion"] = new(null, Response(flags: 0x8400).Text(Token)),
        ["TTL with the highest bit set"] = new(null, Response().Pointer(Owner).Head(16, 1, 0x8000_0001, 2).Label("a")),
        ["longest TTL"] = new(null, Response().Pointer(Owner).Head(16, 1, int.MaxValue, 2).Label("a")),
        ["an empty string"] = new(null, Response().Pointer(Owner).Fixed(DnsRecordType.TXT, 1).Octets(0)),
        ["two strings"] = new(null, Response().Pointer(Owner).Fixed(DnsRecordType.TXT, 4).Label("a").Label("b")),
    };

    private static readonly Dictionary<string, Case> Refused = new()
    {
        ["two answers"] = new(null, Response(answers: 2).Text(Token).Text("other")),
        ["no answer"] = new(null, Response(answers: 0)),
        ["alias"] = new(null, Response().Pointer(Owner).Fixed(DnsRecordType.CNAME, 2).Pointer(Owner + 16)),
        ["alias before the text"] = new(
            null,
            Response(answers: 2).Pointer(Owner).Fixed(DnsRecordType.CNAME, 2).Pointer(Owner + 16).Pointer(Owner + 16)
                .Fixed(DnsRecordType.TXT, 2).Label("a")),
        ["other type"] = new(null, Response().Pointer(Owner).Fixed((DnsRecordType)99, 2).Label("a")),
        ["other class"] = new(null, Response().Pointer(Owner).Head(16, 3, 60, 2).Label("a")),
        ["owner that is written out"] = new(null, Response().Name("_acme-challenge.example.com").Fixed(DnsRecordType.TXT, 2).Label("a")),
        ["owner that is a name above"] = new(null, Response().Pointer(Owner + 16).Fixed(DnsRecordType.TXT, 2).Label("a")),
        ["NXDOMAIN"] = new(null, Response(flags: NoError | 3).Text(Token)),
        ["SERVFAIL"] = new(null, Response(flags: NoError | 2).Text(Token)),
        ["REFUSED"] = new(null, Response(flags: NoError | 5).Text(Token)),
        ["truncated"] = new(null, Response(flags: NoError | 0x200).Text(Token), PacketVerdict.Truncated),
        ["extended code"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(extended: 1)),
        ["EDNS version 1"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(version: 1)),
        ["extended error"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(Option(15, [0, 22]))),
        ["other option"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(Option(3, [1, 2]))),
        ["option beyond the record"] = new(
            ClientCookie,
            Response(additionals: 1).Text(Token).Opt([0, 3, 0, 9, 1]),
            PacketVerdict.Malformed),
        ["two EDNS records"] = new(ClientCookie, Response(additionals: 2).Text(Token).Opt().Opt(), PacketVerdict.Malformed),
        ["SOA record behind"] = new(
            null,
            Response(authorities: 1).Text(Token).Pointer(Owner + 16).Fixed(DnsRecordType.SOA, 22).Octets(new byte[22])),
        ["text behind"] = new(null, Response(additionals: 1).Text(Token).Text("more")),
        ["octets behind"] = new(null, Response().Text(Token).Octets(0), PacketVerdict.Malformed),
        ["fewer records than the header says"] = new(null, Response(additionals: 1).Text(Token), PacketVerdict.Malformed),
        ["address of three octets"] = new(null, Response(additionals: 1).Text(Token).Address(3), PacketVerdict.Malformed),
        ["data that is no strings"] = new(
            null,
            Response().Pointer(Owner).Fixed(DnsRecordType.TXT, 3).Octets(3, 97, 97),
            PacketVerdict.Malformed),
        ["empty data"] = new(null, Response().Pointer(Owner).Fixed(DnsRecordType.TXT, 0), PacketVerdict.Malformed),
        ["data beyond the packet"] = new(
            null,
            Response().Pointer(Owner).Fixed(DnsRecordType.TXT, 4).Octets(3, 97, 97),
            PacketVerdict.Malformed),
        ["record that is cut"] = new(null, Response().Pointer(Owner).Word(16).Word(1), PacketVerdict.Malformed),
        ["nothing behind the question"] = new(null, Response(), PacketVerdict.Malformed),
        ["new cookie"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(Option(10, WholeCookie))),
        ["cookie of the client alone"] = new(ClientCookie, Response(additionals: 1).Text(Token).Opt(Option(10, ClientCookie))),
        ["other cookie than before"] = new(
            WholeCookie,
            Response(additionals: 1).Text(Token).Opt(Option(10, [.. ClientCookie, 9, 9, 9, 9, 9, 9, 9, 9]))),
        ["the cookie twice"] = new(
            WholeCookie,
            Response(additionals: 1).Text(Token).Opt([.. Option(10, WholeCookie), .. Option(10, WholeCookie)])),
        ["the cookie and more"] = new(
            WholeCookie,
            Response(additionals: 1).Text(Token).Opt([.. Option(10, WholeCookie), .. Option(15, [0, 22])])),
        ["wrong cookie"] = new(
            WholeCookie,
            Response(additionals: 1).Text(Token).Opt(Option(10, [1, .. WholeCookie[1..]])),
            PacketVerdict.Foreign),
        ["no cookie any more"] = new(WholeCookie, Response(additionals: 1).Text(Token).Opt(), PacketVerdict.CookieMissing),
        ["no EDNS any more"] = new(WholeCookie, Response().Text(Token), PacketVerdict.CookieMissing),
    };

    public static TheoryData<string> TakenOnes() => [.. Taken.Keys];

    public static TheoryData<string> RefusedOnes() => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(TakenOnes))]
    public void TextAlone_IsTaken_AndIsWhatTheWholeResponseHolds(string name)
    {
        var judgement = Judge(Taken[name]);

        Assert.False(judgement.Text.IsNone);
        judgement.Check(Question, Taken[name].Sent);
    }

    [Theory]
    [MemberData(nameof(RefusedOnes))]
    public void AllElse_IsReadWhole(string name)
    {
        var judgement = Judge(Refused[name]);

        Assert.True(judgement.Text.IsNone);
        Assert.Equal(Refused[name].Verdict, judgement.Verdict);
        Assert.Equal(judgement.Verdict == PacketVerdict.Accepted, judgement.Response is not null);
        judgement.Check(Question, Refused[name].Sent);
    }

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(60u, 60)]
    [InlineData(0x7FFF_FFFFu, int.MaxValue)]
    [InlineData(0x8000_0000u, 0)]
    [InlineData(0xFFFF_FFFFu, 0)]
    public void TimeToLive_IsZeroWhereItsHighestBitIsSet(uint raw, int seconds)
    {
        var judgement = Judge(new Case(null, Response().Pointer(Owner).Head(16, 1, raw, 2).Label("a")));

        Assert.Equal(TimeSpan.FromSeconds(seconds), judgement.Text.TimeToLive);
        Assert.Equal([1, (byte)'a'], judgement.Text.Data.ToArray());
    }

    /// <summary>The packet's octets serve the next one.</summary>
    [Fact]
    public void Text_IsACopy()
    {
        var judgement = Judge(new Case(null, Response().Text(Token)));

        judgement.Octets.AsSpan().Clear();

        Assert.Equal(Token, new DnsTxtRecord(Question.Name, judgement.Text.TimeToLive, judgement.Text.Data).Text);
        Assert.Equal(TimeSpan.FromMinutes(1), judgement.Text.TimeToLive);
    }

    [Theory]
    [InlineData(DnsRecordType.CNAME, DnsRecordClass.Internet)]
    [InlineData(DnsRecordType.ANY, DnsRecordClass.Internet)]
    [InlineData(DnsRecordType.TXT, (DnsRecordClass)3)]
    public void OtherQuestion_IsAnsweredByNoText(DnsRecordType type, DnsRecordClass recordClass)
    {
        DnsQuestion question = new(Question.Name, type, recordClass);
        using var query = Send(question, null);
        Judgement judgement = new(query, Answer(query, Response().Text(Token).ToArray()));

        Assert.True(judgement.Text.IsNone);
        Assert.Equal((PacketVerdict.Accepted, PacketVerdict.Accepted), (judgement.Verdict, judgement.WholeVerdict));
    }

    /// <summary>Who does not ask for recursion wants the server's own word.</summary>
    [Theory]
    [InlineData(DnsHeaderFlags.RecursionDesired, 0x8180, true)]
    [InlineData(DnsHeaderFlags.RecursionDesired, 0x8500, true)]
    [InlineData((DnsHeaderFlags)0, 0x8400, true)]
    [InlineData((DnsHeaderFlags)0, 0x8000, false)]
    [InlineData((DnsHeaderFlags)0, 0x8180, false)]
    public void Authority_IsNeededWhereNoRecursionIsWanted(DnsHeaderFlags sent, int received, bool isText)
    {
        using var query = Send(Question, null, sent);
        Judgement judgement = new(query, Answer(query, Response(flags: received).Text(Token).ToArray()));

        Assert.Equal(isText, !judgement.Text.IsNone);
        judgement.Check(Question, null);
    }

    [Fact]
    public void OtherCase_IsNotTaken()
    {
        using var query = Send(Question, null);
        var packet = Answer(query, Response().Text(Token).ToArray());
        packet[14] ^= 0x20;

        var judgement = new Judgement(query, packet);

        Assert.Equal((PacketVerdict.CaseMismatch, true), (judgement.Verdict, judgement.Text.IsNone));
    }

    private static Packet Response(int answers = 1, int authorities = 0, int additionals = 0, int flags = NoError) =>
        Packet.Header(1, answers, authorities, additionals, flags).Question("_acme-challenge.example.com", DnsRecordType.TXT);

    private static byte[] Option(int code, byte[] data) => [0, (byte)code, 0, (byte)data.Length, .. data];

    private static Judgement Judge(Case given)
    {
        using var query = Send(Question, given.Sent);
        return new Judgement(query, Answer(query, given.Packet.ToArray()));
    }

    /// <param name="Sent">The cookie that the query carries; null for no EDNS.</param>
    /// <param name="Packet">The response.</param>
    /// <param name="Verdict">What it is judged as.</param>
    private sealed record Case(byte[]? Sent, Packet Packet, PacketVerdict Verdict = PacketVerdict.Accepted);
}

/// <summary>The records that these responses are made of.</summary>
file static class Parts
{
    public static Packet Text(this Packet packet, string text) =>
        packet.Pointer(12).Fixed(DnsRecordType.TXT, text.Length + 1).Label(text);

    public static Packet Head(this Packet packet, int type, int recordClass, uint timeToLive, int length)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, timeToLive);
        return packet.Word(type).Word(recordClass).Octets(octets).Word(length);
    }

    public static Packet NameServer(this Packet packet) => packet.Pointer(28).Fixed(DnsRecordType.NS, 5).Label("ns").Pointer(28);

    public static Packet Address(this Packet packet, int length) =>
        packet.Pointer(28).Fixed(length == 16 ? DnsRecordType.AAAA : DnsRecordType.A, length).Octets(new byte[length]);

    public static Packet Opt(
        this Packet packet,
        byte[]? options = null,
        byte extended = 0,
        byte version = 0,
        int flags = 0,
        int size = 1232) =>
        packet.Octets(0).Word(41).Word(size).Octets(extended, version).Word(flags).Word(options?.Length ?? 0).Octets(options ?? []);
}
