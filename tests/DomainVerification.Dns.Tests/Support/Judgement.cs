namespace DomainVerification.Dns.Tests;

/// <summary>One packet, judged by a query that takes a text for a response, and by the same query when it takes none.</summary>
internal sealed class Judgement
{
    public static readonly byte[] ClientCookie = [10, 11, 12, 13, 14, 15, 16, 17];
    public static readonly byte[] WholeCookie = [.. ClientCookie, 20, 21, 22, 23, 24, 25, 26, 27];

    public Judgement(OutgoingQuery query, ReadOnlySpan<byte> packet)
    {
        byte[] copy = packet.ToArray();
        Octets = packet.ToArray();
        Verdict = query.Judge(Octets, takesText: true, out var response, out var text, out var error);
        WholeVerdict = query.Judge(copy, takesText: false, out var whole, out var none, out var wholeError);
        (Response, Text, Error, Whole, WholeError) = (response, text, error, whole, wholeError);
        Assert.True(none.IsNone);
        Assert.Equal(copy, Octets);
    }

    public byte[] Octets { get; }

    public PacketVerdict Verdict { get; }

    public DnsMessage? Response { get; }

    public LoneText Text { get; }

    public DnsReadError Error { get; }

    public PacketVerdict WholeVerdict { get; }

    public DnsMessage? Whole { get; }

    public DnsReadError WholeError { get; }

    /// <summary>A query as look-ups send it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cookie">The cookie that is sent; null for no EDNS.</param>
    /// <param name="flags">The flags.</param>
    public static OutgoingQuery Send(
        DnsQuestion question,
        byte[]? cookie,
        DnsHeaderFlags flags = DnsHeaderFlags.RecursionDesired)
    {
        var edns = cookie is null ? null : new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, cookie)] };
        return new OutgoingQuery(new DnsQuery(question, flags, edns), DnsTransportKind.Udp);
    }

    /// <summary>A packet with the id and the question of a query, as it was sent.</summary>
    public static byte[] Answer(OutgoingQuery query, byte[] packet)
    {
        var asked = ReadQuestion(query);
        query.Message.Span[..2].CopyTo(packet);
        asked.AsSpan(0, Math.Min(asked.Length, packet.Length - 12)).CopyTo(packet.AsSpan(12));
        return packet;
    }

    /// <summary>What is taken as a text is one, and all else is judged as it is where no text is taken.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="cookie">What was sent.</param>
    public void Check(DnsQuestion question, byte[]? cookie)
    {
        Assert.Equal((WholeVerdict, WholeError), (Verdict, Error));
        if (Text.IsNone)
        {
            Assert.Equal(Whole is null ? null : DnsMessageWriter.Write(Whole), Response is null ? null : DnsMessageWriter.Write(Response));
            return;
        }

        Assert.Null(Response);
        CheckText(question, cookie);
    }

    private void CheckText(DnsQuestion question, byte[]? cookie)
    {
        Assert.Equal(PacketVerdict.Accepted, WholeVerdict);
        Assert.Equal(DnsResponseCode.NoError, Whole!.ResponseCode);
        var walk = new AliasChain(question).Follow(Whole.Answers);
        Assert.Equal((DnsLookupStatus.Answered, null), (walk.Status, walk.Detail));
        var record = Assert.IsType<DnsTxtRecord>(Assert.Single(walk.Records));
        Assert.Same(record, Assert.Single(Whole.Answers));
        Assert.Equal(question.Name.WireForm.ToArray(), record.Name.WireForm.ToArray());
        Assert.Equal(record.TimeToLive, Text.TimeToLive);
        Assert.Equal(record.Data.ToArray(), Text.Data.ToArray());

        // Nobody learns from the rest: no cookie but the one that was sent, no error, no other version, no end of a denial.
        Assert.Null(LookupFailure.Explain(Whole));
        Assert.Null(NegativeAnswer.FindTimeToLive(Whole.Authorities, question.Name));
        Assert.Equal(0, Whole.Edns?.Version ?? 0);
        var cookies = Whole.Edns?.Options.Select(option => (option.Code, Convert.ToHexString(option.Data.Span))) ?? [];
        Assert.Equal(
            cookie?.Length > DnsCookie.ClientLength ? [(DnsEdnsOptionCode.Cookie, Convert.ToHexString(cookie))] : [],
            cookies);
    }

    private static byte[] ReadQuestion(OutgoingQuery query)
    {
        var span = query.Message.Span;
        return span.Slice(12, OutgoingQuery.ReadQuestion(span)!.Name.WireForm.Length + 4).ToArray();
    }
}
