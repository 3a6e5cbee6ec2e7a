using System.Net;

namespace DomainVerification.Dns.Tests;

public sealed class DnsMessageRoundTripTests
{
    private static readonly DnsName Owner = DnsName.Parse("_acme-challenge.Example.com");
    private static readonly DnsName Target = DnsName.Parse("elsewhere.example.com");
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    [Fact]
    public void Query_WithEdns_ReadsBack()
    {
        DnsEdns edns = new()
        {
            Flags = DnsEdnsFlags.DnssecOk,
            Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })],
        };
        DnsMessage query = DnsMessage.CreateQuery(0xBEEF, new DnsQuestion(Owner, DnsRecordType.TXT), edns);

        var read = RoundTrip(query);

        Assert.Equal(0xBEEF, read.Id);
        Assert.Equal(DnsHeaderFlags.RecursionDesired, read.Flags);
        Assert.Equal(query.Question, read.Question);
        Assert.True(read.Question!.Name.EqualsExactly(Owner));
        Assert.Equal(1232, read.Edns!.UdpPayloadSize);
        Assert.Equal(DnsEdnsFlags.DnssecOk, read.Edns.Flags);
        Assert.Equal(edns.Options[0].Data.ToArray(), read.Edns.Options[0].Data.ToArray());
    }

    [Fact]
    public void Response_WithEveryKindOfRecord_ReadsBack()
    {
        DnsMessage response = new()
        {
            Id = 7,
            Flags = DnsHeaderFlags.Response | DnsHeaderFlags.AuthoritativeAnswer | DnsHeaderFlags.AuthenticData,
            ResponseCode = DnsResponseCode.BadCookie,
            Questions = [new DnsQuestion(Owner, DnsRecordType.ANY)],
            Answers =
            [
                new DnsCnameRecord(Owner, OneHour, Target),
                new DnsTxtRecord(Target, OneHour, new string('x', 300)),
                new DnsMxRecord(Target, OneHour, 10, DnsName.Parse("mx.example.com")),
                new DnsARecord(Target, OneHour, IPAddress.Parse("192.0.2.1")),
                new DnsAaaaRecord(Target, OneHour, IPAddress.Parse("2001:db8::1")),
                new DnsUnknownRecord(Target, (DnsRecordType)65280, OneHour, new byte[] { 0xC0, 0xFF }),
            ],
            Authorities =
            [
                new DnsSoaRecord(DnsName.Parse("example.com"), OneHour, Target, DnsName.Parse("host\\.master.example.com"))
                {
                    Serial = uint.MaxValue,
                    Refresh = 2,
                    Retry = 3,
                    Expire = 4,
                    Minimum = 60,
                },
                new DnsNsRecord(DnsName.Parse("example.com"), OneHour, DnsName.Parse("ns1.example.com")),
            ],
            Additionals = [new DnsDnameRecord(DnsName.Parse("old.example.com"), TimeSpan.Zero, DnsName.Root)],
            Edns = new DnsEdns { UdpPayloadSize = 4096, Version = 1 },
        };

        var read = RoundTrip(response);

        Assert.Equal(response.Flags, read.Flags);
        Assert.Equal(DnsResponseCode.BadCookie, read.ResponseCode);
        Assert.Equal(Target, Assert.IsType<DnsCnameRecord>(read.Answers[0]).Target);
        var text = Assert.IsType<DnsTxtRecord>(read.Answers[1]);
        Assert.Equal([255, 45], text.Strings.Select(part => part.Length));
        Assert.Equal(new string('x', 300), text.Text);
        Assert.Equal(OneHour, text.TimeToLive);
        var exchange = Assert.IsType<DnsMxRecord>(read.Answers[2]);
        Assert.Equal((10, DnsName.Parse("mx.example.com")), (exchange.Preference, exchange.Exchange));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), Assert.IsType<DnsARecord>(read.Answers[3]).Address);
        Assert.Equal(IPAddress.Parse("2001:db8::1"), Assert.IsType<DnsAaaaRecord>(read.Answers[4]).Address);
        Assert.Equal([0xC0, 0xFF], Assert.IsType<DnsUnknownRecord>(read.Answers[5]).Data.ToArray());
        var soa = Assert.IsType<DnsSoaRecord>(read.Authorities[0]);
        Assert.Equal((uint.MaxValue, 2u, 3u, 4u, 60u), (soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum));
        Assert.Equal("host\\.master.example.com", soa.Mailbox.ToString());
        Assert.Equal(DnsName.Parse("ns1.example.com"), Assert.IsType<DnsNsRecord>(read.Authorities[1]).Server);
        Assert.Equal(DnsName.Root, Assert.IsType<DnsDnameRecord>(read.Additionals[0]).Target);
        Assert.Equal((4096, 1), (read.Edns!.UdpPayloadSize, read.Edns.Version));
    }

    [Fact]
    public void Write_RepeatedOwner_IsCompressedToPointer()
    {
        DnsMessage response = new()
        {
            Questions = [new DnsQuestion(Owner, DnsRecordType.TXT)],
            Answers = [new DnsTxtRecord(Owner, OneHour, "a"), new DnsTxtRecord(Owner, OneHour, "b")],
        };

        var octets = DnsMessageWriter.Write(response);

        var question = 12 + Owner.WireForm.Length + 4;
        Assert.Equal(question + (2 * (2 + 10 + 2)), octets.Length);
        Assert.Equal([0xC0, 12], octets.AsSpan(question, 2).ToArray());
    }

    [Fact]
    public void Write_OwnerOfOtherCase_KeepsItsCase()
    {
        DnsName lower = DnsName.Parse("_acme-challenge.example.COM");
        DnsMessage response = new()
        {
            Questions = [new DnsQuestion(Owner, DnsRecordType.TXT)],
            Answers = [new DnsTxtRecord(lower, OneHour, "a")],
        };

        Assert.True(RoundTrip(response).Answers[0].Name.EqualsExactly(lower));
    }

    [Fact]
    public void TryWrite_BufferTooSmall_AnswersFalseForEveryLength()
    {
        DnsMessage query = DnsMessage.CreateQuery(1, new DnsQuestion(Owner, DnsRecordType.TXT), new DnsEdns());
        var length = DnsMessageWriter.Write(query).Length;

        for (var i = 0; i < length; i++)
        {
            Assert.False(DnsMessageWriter.TryWrite(query, new byte[i], out var written));
            Assert.Equal(0, written);
        }

        Assert.True(DnsMessageWriter.TryWrite(query, new byte[length], out _));
    }

    [Fact]
    public void Write_MoreThan65535Octets_Throws()
    {
        DnsUnknownRecord large = new(Owner, (DnsRecordType)65280, OneHour, new byte[40_000]);

        Assert.Throws<ArgumentException>(() => DnsMessageWriter.Write(new DnsMessage { Answers = [large, large] }));
    }

    [Fact]
    public void Write_ExtendedResponseCodeWithoutEdns_Throws() =>
        Assert.Throws<ArgumentException>(() => DnsMessageWriter.Write(new DnsMessage { ResponseCode = DnsResponseCode.BadVersion }));

    [Fact]
    public void Text_CharacterCutByEndOfString_IsJoinedBeforeDecoding()
    {
        DnsTxtRecord record = new(Owner, OneHour, new string('x', 254) + "é");

        Assert.Equal(2, record.Strings.Count);
        Assert.Equal(new string('x', 254) + "é", record.Text);
    }

    private static DnsMessage RoundTrip(DnsMessage message)
    {
        var octets = DnsMessageWriter.Write(message);
        Assert.True(DnsMessageReader.TryRead(octets, out var read, out var error), error.ToString());
        Assert.Equal(octets, DnsMessageWriter.Write(read));
        return read;
    }
}
