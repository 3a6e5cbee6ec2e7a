namespace DomainVerification.Dns.Tests;

/// <summary>Honest answers to raw queries, for tests to spoil.</summary>
internal static class Answers
{
    public const string Token = "token=abc";

    /// <summary>The query with its question answered by one TXT record, the question repeated octet by octet.</summary>
    public static byte[] Text(byte[] query, string text = Token) => Reply(query, DnsResponseCode.NoError, text);

    /// <summary>The query answered by the name that it asks for.</summary>
    public static byte[] Name(byte[] query) => Text(query, Read(query).Question!.Name.ToString());

    /// <summary>The query answered by the name that it asks for, with an option about the idle time of the connection (RFC 7828).</summary>
    public static byte[] KeepAlive(byte[] query, params byte[] data)
    {
        var answer = Read(Name(query));
        return DnsMessageWriter.Write(new DnsMessage
        {
            Id = answer.Id,
            Flags = answer.Flags,
            Questions = answer.Questions,
            Answers = answer.Answers,
            Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.TcpKeepalive, data)] },
        });
    }

    public static byte[] Code(byte[] query, DnsResponseCode code) => Reply(query, code, null);

    public static byte[] Truncated(byte[] query)
    {
        var answer = Reply(query, DnsResponseCode.NoError, "cut");
        answer[2] |= 0x02;
        return answer;
    }

    public static byte[] WrongId(byte[] query)
    {
        var answer = Text(query, "forged");
        answer[0] ^= 0x80;
        return answer;
    }

    public static byte[] OtherQuestion(byte[] query)
    {
        DnsQuestion question = new(DnsName.Parse("forged.example.com"), DnsRecordType.TXT);
        return DnsMessageWriter.Write(new DnsMessage
        {
            Id = Read(query).Id,
            Flags = DnsHeaderFlags.Response,
            Questions = [question],
            Answers = [new DnsTxtRecord(question.Name, TimeSpan.Zero, "forged")],
        });
    }

    /// <summary>The right answer with the case of one letter in the question flipped.</summary>
    public static byte[] OtherCase(byte[] query)
    {
        var answer = Text(query, "forged");
        var letter = 12 + Array.FindIndex(answer[12..], octet => char.IsAsciiLetter((char)octet));
        answer[letter] ^= 0x20;
        return answer;
    }

    public static DnsMessage Read(byte[] octets)
    {
        Assert.True(DnsMessageReader.TryRead(octets, out var message, out var error), error.ToString());
        return message;
    }

    private static byte[] Reply(byte[] query, DnsResponseCode code, string? text)
    {
        var read = Read(query);
        return DnsMessageWriter.Write(new DnsMessage
        {
            Id = read.Id,
            Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable,
            ResponseCode = code,
            Questions = read.Questions,
            Answers = text is null ? [] : [new DnsTxtRecord(read.Question!.Name, TimeSpan.FromMinutes(1), text)],
            Edns = read.Edns is null ? null : new DnsEdns(),
        });
    }
}
