namespace DomainVerification.Dns.Tests;

/// <summary>What stands behind the answers of a response, which is read when somebody wants it.</summary>
public sealed class DnsMessageRestTests
{
    private const string Opt = "00 0029 04D0 00000000 0000";
    private const string Server = "C00C 0002 0001 00000000 0002 C00C";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DnsQuestion Asked = new(DnsName.Parse("example.com"), DnsRecordType.TXT);

    /// <summary>What is left unread is held to the same rules as what is read.</summary>
    [Theory]
    [InlineData(0, 2, Opt + Opt)]
    [InlineData(1, 0, Opt)]
    [InlineData(0, 1, "01 61 00 0029 04D0 00000000 0000")]
    [InlineData(0, 1, "00 0029 04D0 00000000 0003 000A00")]
    [InlineData(0, 1, "C00C 0001 0001 00000000 0003 7F0000")]
    [InlineData(0, 1, "C00C 001C 0001 00000000 0004 7F000001")]
    [InlineData(1, 0, "C00C 0002 0001 00000000 0003 C00C 00")]
    [InlineData(1, 0, "C00C 0002 0001 00000000 0001 C00C")]
    [InlineData(1, 0, "C00C 0002 0001 00000000 0002 C0FF")]
    [InlineData(1, 0, Server + "00")]
    [InlineData(2, 0, Server)]
    public void FaultBehindTheAnswers_IsRefused(int authorities, int additionals, string octets)
    {
        var packet = Answer(authorities, additionals, octets);

        Assert.False(DnsMessageReader.TryRead(packet, out _, out var error));
        Assert.False(DnsMessageReader.TryReadResponse(packet, Asked, out _, out var known));
        Assert.Equal(error, known);
    }

    [Theory]
    [InlineData(0, 1, Opt, true)]
    [InlineData(1, 0, Server, true)]
    [InlineData(0, 1, "C00C 0001 0001 00000000 0004 7F000001", true)]
    [InlineData(0, 1, "C00C 0001 0003 00000000 0003 7F0000", false)]
    [InlineData(1, 0, "C00C 0010 0001 00000000 0002 0161", false)]
    public void WhatIsUsualBehindTheAnswers_IsLeftUnread(int authorities, int additionals, string octets, bool isLeft)
    {
        Assert.True(DnsMessageReader.TryReadResponse(Answer(authorities, additionals, octets), Asked, out var response, out _));
        Assert.Equal(isLeft, response.Rest is not null);
        Assert.Equal(authorities, response.Authorities.Count);
        Assert.Equal(additionals, response.Additionals.Count + (response.Edns is null ? 0 : 1));
    }

    /// <summary>A response with one answer, and behind it what is given.</summary>
    private static byte[] Answer(int authorities, int additionals, string octets)
    {
        byte[] packet =
        [
            .. DnsMessageWriter.Write(new DnsMessage
            {
                Flags = DnsHeaderFlags.Response,
                Questions = [Asked],
                Answers = [new DnsTxtRecord(Asked.Name, Minute, "token")],
            }),
            .. Convert.FromHexString(octets.Replace(" ", string.Empty, StringComparison.Ordinal)),
        ];
        (packet[9], packet[11]) = ((byte)authorities, (byte)additionals);
        return packet;
    }
}
